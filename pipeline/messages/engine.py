"""Sentences of the errors of workers, by code."""

from __future__ import annotations

ENGINE: dict[str, str] = {
    "engine.no_dask": (
        "« engine: scheduler » demande la bibliothèque Dask. Installez-la : « pip install 'minilabs[dask]' », ou"
        " laissez « scheduler » vide dans « params.yaml » : la chaîne fonctionne sur cette machine."
    ),
    "engine.unreachable": (
        "Aucun planificateur Dask ne répond à « {address} ». Démarrez-le (« dask scheduler ») ou corrigez"
        " « engine: scheduler » dans « params.yaml »."
    ),
    "engine.no_worker": (
        "Le planificateur Dask « {address} » n'a aucun processus de travail. Démarrez-en un (« dask worker {address} »)"
        " là où MiniLabs est installé, puis relancez la même commande."
    ),
    "engine.lost": (
        "Le planificateur Dask « {address} » ou tous ses processus de travail se sont arrêtés. Redémarrez-les, puis"
        " relancez la même commande : les parties déjà encodées ne le seront pas une seconde fois."
    ),
    "engine.other_version": (
        "Un processus de travail Dask n'a pas la même version de MiniLabs ou de ses bibliothèques que cette machine."
        " Installez-y la même version, redémarrez-le, puis relancez la même commande."
    ),
}
