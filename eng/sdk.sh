# Sourced by the scripts beside it: where the checkout is, and whether there is an SDK to build it with.
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

need_sdk() {
  if ! command -v dotnet >/dev/null; then
    echo "${0##*/}: the .NET SDK 10 is missing: there is no 'dotnet' on the PATH. Get it from https://dot.net/download" >&2
    exit 1
  fi
  # Asked inside the checkout, so that global.json decides.
  if ! (cd "$checkout" && dotnet --version) >/dev/null 2>&1; then
    echo "${0##*/}: the .NET SDK 10 is missing; here are: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd, | grep . || echo none). Get it from https://dot.net/download" >&2
    exit 1
  fi
}
