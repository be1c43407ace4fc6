#!/bin/sh
# What the tests need beyond Python: a real browser, a PDF renderer, a real spreadsheet. Installed when missing, where that is possible.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
  command -v google-chrome >/dev/null 2>&1 || [ -d "/Applications/Google Chrome.app" ] ||
  [ -d /Applications/Chromium.app ] || missing=" chromium"
command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v soffice >/dev/null 2>&1 || [ -d /Applications/LibreOffice.app ] || missing="$missing libreoffice-calc"
[ -n "$missing" ] || exit 0

as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null 2>&1; then
  echo "Installation de$missing…"
  $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
elif command -v brew >/dev/null 2>&1; then
  case "$missing" in *poppler*) brew install --quiet poppler ;; esac
  case "$missing" in *libreoffice*) brew install --quiet --cask libreoffice ;; esac
  case "$missing" in *chromium*) brew install --quiet --cask chromium ;; esac
  exit 0
fi
echo "Les tests demandent aussi :$missing. Installez-les avec le gestionnaire de paquets du système, puis relancez « make test »." >&2
exit 2
