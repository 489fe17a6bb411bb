#!/usr/bin/env bash
# A stand-in for the Dockerfile's base image, for a machine that reaches the packages of Debian and npm but no registry
# of images: Debian trixie with Node, npm and the user `node` where the real image has them. Where packages are found,
# and whom to trust for them, is taken over from this machine. Usage, as root:
#   make-base.sh NAME     tags the image NAME in buildah's storage
set -euo pipefail
name=$1
repository=$(cd "$(dirname "$0")/../.." && pwd)
node=$(ls "$repository"/node_modules/node-linux-*/bin/node)
npm=$(readlink -f "$(type -P npm)")
certificates=/etc/ssl/certs/ca-certificates.crt
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -1)

container=$(buildah from scratch)
apt_settings=$(mktemp)
trap 'buildah rm "$container" >/dev/null; rm -f "$apt_settings"' EXIT
apt-config dump | grep -E '^Acquire::(https?|Check-|Retries)' >"$apt_settings" || true
root=$(buildah mount "$container")

mmdebstrap --quiet --mode=root --variant=minbase --include=ca-certificates --aptopt="$apt_settings" \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' trixie "$root" "$mirror"
chroot "$root" groupadd --gid 1000 node
chroot "$root" useradd --uid 1000 --gid node --shell /bin/bash --create-home node

install -m 755 "$node" "$root/usr/local/bin/node"
mkdir -p "$root/usr/local/lib/node_modules"
cp -R "${npm%/bin/npm-cli.js}" "$root/usr/local/lib/node_modules/npm"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
cp "$certificates" "$root$certificates"
mkdir -p "$root/usr/local/etc"
printf 'registry=%s\ncafile=%s\n' "$(npm config get registry 2>/dev/null)" "$certificates" >"$root/usr/local/etc/npmrc"

buildah config --workingdir / --cmd node "$container"
buildah commit --quiet "$container" "$name"
