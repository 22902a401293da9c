#!/bin/sh
# Installs a Splash 3.5 server without Docker into .splash, for Debian 12 and as root: QtWebKit comes from Debian's
# packages, the rest from scripts/requirements-splash.txt. Ends with one line and status 1 where that cannot be done.
set -u
cd "$(dirname "$0")/.."

packages="python3-venv python3-pyqt5.qtwebkit python3-pyqt5.qtwebengine fonts-noto-cjk"
python=/usr/bin/python3 # Debian's own, which its PyQt is built for
log=build/splash-install.log

no() {
    echo "make splash: $1" >&2
    exit 1
}

packages_are_there() {
    "$python" -c 'import ensurepip, PyQt5.QtWebKitWidgets, PyQt5.QtWebEngineWidgets' 2>/dev/null
}

install_packages() {
    DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 update # old lists may do
    DEBIAN_FRONTEND=noninteractive apt-get -qy -o DPkg::Lock::Timeout=120 install --no-install-recommends $packages
}

cmp -s scripts/requirements-splash.txt .splash/installed && exit 0
mkdir -p build
if ! packages_are_there; then
    command -v apt-get >/dev/null || no "there is no apt-get here; Splash needs Debian's packages $packages"
    [ "$(id -u)" = 0 ] || no "run it as root, or first: sudo apt-get install --no-install-recommends $packages"
    install_packages >"$log" 2>&1 || no "apt-get could not install $packages; $log says why"
    packages_are_there || no "$python does not find PyQt5 with QtWebKit after $packages were installed"
fi
{
    rm -rf .splash && "$python" -m venv --system-site-packages .splash &&
        .splash/bin/python -m pip install --disable-pip-version-check --quiet -r scripts/requirements-splash.txt
} >>"$log" 2>&1 || no "pip could not install scripts/requirements-splash.txt; $log says why"
.splash/bin/python -c 'import lupa.lua52, splash' 2>>"$log" || no "Splash does not start; $log says why"
cp scripts/requirements-splash.txt .splash/installed
echo "Splash is installed; .splash/bin/python scripts/splash_server.py 8050 starts it on http://127.0.0.1:8050"
