"""Sentences of the errors met when groups are composed, by code, in French: see `messages`."""

from __future__ import annotations

ASSIGN: dict[str, str] = {
    "assign.unknown_person": (
        "« {path} », ligne {line} : aucun agent ne porte le numéro « {value} ». Corrigez-le, ou écrivez « oui » dans"
        " la colonne « volontaire » s'il s'agit d'un agent sans idée."
    ),
    "assign.unknown_lab": (
        "« {path} », ligne {line}, colonne « {column} » : aucun MiniLab « {value} ». MiniLabs possibles : {allowed}."
    ),
    "assign.ambiguous_lab": (
        "« {path} », ligne {line}, colonne « {column} » : plusieurs MiniLabs s'appellent « {value} ». Écrivez le numéro"
        " de l'un d'eux : {allowed}."
    ),
    "assign.repeated": (
        "« {path} », ligne {line} : « {value} » figure déjà à la ligne {first}. Gardez une seule ligne."
    ),
    "assign.itself": "« {path} », ligne {line}, colonne « {column} » : {value} y figure face à lui-même. Retirez-le.",
    "assign.yes_no": "« {path} », ligne {line}, colonne « {column} » : « {value} » n'est ni « oui » ni « non ».",
    "assign.number": (
        "« {path} », ligne {line}, colonne « {column} » : « {value} » n'est pas un nombre entier d'au moins {least}."
    ),
    "assign.zero_seats": (
        "« {path} », ligne {line}, colonne « {column} » : zéro place. Pour qu'un MiniLab n'ait pas lieu, écrivez"
        " « oui » dans la colonne « ferme »."
    ),
    "assign.share": (
        "« {path} », ligne {line}, colonne « {column} » : « {value} » n'est pas une part. Écrivez par exemple 40 %."
    ),
    "assign.group": (
        "« {path} », ligne {line}, colonne « au_moins » : « {value} » n'est pas compris. Écrivez un nombre puis une"
        " direction, un type de site, un département ou un métier de l'export, par exemple « 2 lycée »."
    ),
    "assign.category": (
        "« {path} », ligne {line}, colonne « {column} » : « {value} » n'est pas compris. Valeurs possibles : {allowed}."
    ),
    "assign.slot_fixed": (
        "« {path} », ligne {line} : aucun des créneaux de {lab} ({slots}) ne convient à la fois à tous ceux qui y sont"
        " fixés ({people}). Ajoutez un créneau, ou retirez une place fixée."
    ),
    "assign.facilitates_fixed": (
        "« {path} », ligne {line} : {person} anime {lab} et y est aussi fixé comme membre. Choisissez l'un ou l'autre."
    ),
    "assign.private_person": (
        "« {path} », ligne {line}, colonne « agent_id » : aucun agent ne porte ce numéro, ou il est déjà plus haut."
        " Corrigez la ligne ou retirez-la."
    ),
    "assign.occupation": "« {path} », ligne {line}, colonne « metiers » : aucun agent n'a le métier « {value} ».",
    "assign.fixed_twice": (
        "« {path} », ligne {line} : {person} est fixé dans plusieurs MiniLabs ({labs}) pour {most} au plus. Retirez-en,"
        " ou augmentez « max_minilabs »."
    ),
    "assign.fixed_unavailable": (
        "« {path} », ligne {line} : {person} est indisponible et fixé dans {lab}. Choisissez l'un ou l'autre."
    ),
    "assign.fixed_banned": (
        "« {path} », ligne {line} : {person} est à la fois fixé dans {lab} et exclu de {lab}. Choisissez l'un ou"
        " l'autre."
    ),
    "assign.fixed_closed": (
        "« {path} », ligne {line} : {person} est fixé dans {lab}, qui est fermé. Rouvrez-le, ou retirez la place fixée."
    ),
    "assign.banned_everywhere": (
        "« {path} », ligne {line} : {person} est exclu de tous les MiniLabs ouverts. Retirez une exclusion, ou écrivez"
        " « oui » dans la colonne « indisponible »."
    ),
    "assign.together_apart": (
        "« {path} », ligne {line} : {person} et {other} sont à la fois ensemble et séparés. Choisissez."
    ),
    "assign.together_apart_by": (
        "« {path} », ligne {line} : {person} et {other} sont séparés, mais ensemble par d'autres ({group}). Retirez"
        " « sans », ou l'un des « avec »."
    ),
    "assign.together_fixed": (
        "« {path} », ligne {line} : {person} et {other} doivent être ensemble mais sont fixés dans des MiniLabs"
        " différents ({mine} ; {theirs})."
    ),
    "assign.together_banned": (
        "« {path} », ligne {line} : {person} et {other} doivent être ensemble, mais l'un est fixé dans {lab} et l'autre"
        " en est exclu."
    ),
    "assign.together_banned_everywhere": (
        "« {path} », ligne {line} : {people} doivent être ensemble, mais leurs exclusions réunies ne leur laissent"
        " aucun MiniLab ouvert. Retirez une exclusion, ou « avec »."
    ),
    "assign.apart_fixed": (
        "« {path} », ligne {line} : {person} et {other} sont à séparer mais fixés tous deux dans {lab}."
    ),
    "assign.seats_order": (
        "« {path} », ligne {line} : dans {lab}, le minimum ({minimum}) dépasse le maximum ({maximum})."
    ),
    "assign.too_many_fixed": (
        "« {path} », ligne {line} : {count} personnes sont fixées dans {lab} pour {maximum} places. Ajoutez des places"
        " ou retirez des places fixées."
    ),
    "assign.cap_zero": (
        "« {path} », ligne {line} : dans {lab}, la part demandée ne laisse pas une seule place à un groupe, même avec"
        " {maximum} personnes. Augmentez la part."
    ),
    "assign.cap_fixed": (
        "« {path} », ligne {line} : dans {lab}, {count} personnes fixées sont de « {value} » ; la part demandée en"
        " permet {most} au plus."
    ),
    "assign.at_least": (
        "« {path} », ligne {line} : {lab} demande au moins {count} « {value} » ; il y en a {there} en tout, et les"
        " règles du MiniLab en permettent {most}."
    ),
    "assign.at_least_sum": (
        "« {path} », ligne {line} : {lab} demande en tout {total} personnes de groupes donnés pour {maximum} places."
    ),
    "assign.act": "« {value} » n'est pas compris. Exemples : {examples}.",
    "assign.act_person": "Aucun agent ne porte le numéro « {value} ».",
    "assign.act_lab": "Aucun MiniLab « {value} ». MiniLabs possibles : {allowed}.",
    "assign.act_ambiguous": "Plusieurs MiniLabs s'appellent « {value} ». Écrivez le numéro de l'un d'eux : {allowed}.",
    "assign.not_known": "Aucun agent « {value} » dans la composition actuelle : rien n'a été changé. Vérifiez-le.",
    "assign.not_announced": (
        "Aucune place annoncée pour « {value} » : ni un agent, ni un groupe. Écrivez le numéro d'un agent annoncé,"
        " celui d'un groupe, ou « tout »."
    ),
    "assign.clash": (
        "« {path} » : des décisions sur des personnes s'excluent : {people}. Retirez l'une d'elles (place fixée,"
        " ensemble ou séparés)."
    ),
}
