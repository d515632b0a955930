#!/bin/sh
# Builds Examples/PluginApp, whose bindings both plugins generate, in a copy of the repository, and checks what a build
# does after each change. `./dev test-plugins` runs it.
#
# The copy and its build folder stay in .build-plugins, so that a second run compiles what changed only.
set -eu
cd "$(dirname "$0")/../.."
root=$(pwd)
work="$root/.build-plugins"
copy="$work/copy"
app="$copy/Examples/PluginApp"
scratch="$work/build"
log="$work/log.txt"
objects="$scratch/debug/PluginApp.build"
generating="Generating the bindings of PluginApp"
export DATAVERSE_WITHOUT_NIO=1

say() { printf '\n== %s\n' "$*"; }

fail() {
    printf '\nFAILED: %s\n' "$*" >&2
    [ ! -f "$log" ] || tail -n 40 "$log" >&2
    exit 1
}

# What a clean clone has, with the changes that are not committed yet; times are kept, so that little is compiled again.
copy_repository() {
    # Files that were moved or removed must not stay.
    rm -rf "$copy"
    mkdir -p "$copy"
    git ls-files -z --cached --others --exclude-standard -- Package.swift Sources Plugins Templates Generated Tests \
        Examples | tar --null --files-from - --create --file - 2>/dev/null |
        tar --extract --file - --directory "$copy"
}

# Builds, verbosely enough to see what runs. Whatever fails is shown.
build() {
    swift build --package-path "$app" --scratch-path "$scratch" "$@" >"$log" 2>&1 || fail "swift build $*"
}

run() { "$scratch/debug/$1"; }

generates() { grep -q "$generating" "$log"; }

# The files of PluginApp that have been compiled since the last call, without its own main.swift.
compiled() {
    find "$objects" -name '*.swift.o' ! -name main.swift.o -newer "$work/stamp" 2>/dev/null |
        sed 's|.*/||; s|\.swift\.o$||' | sort | tr '\n' ' '
}

stamp() {
    touch "$work/stamp"
    # File times have to differ from those of what follows.
    sleep 1.1
}

expect() { [ "$1" = "$2" ] || fail "$3: expected '$2', found '$1'"; }

say "Copying the repository"
rm -rf "$copy/Examples" "$copy/Plugins" "$copy/Templates"
copy_repository
bindings="$scratch/plugins/outputs/pluginapp/PluginApp/destination/DataverseBindings/Bindings"
configuration="$app/Sources/PluginApp/dataverse-gen.yaml"
metadata="$app/Sources/PluginApp/metadata.xml"
cp --remove-destination "$copy/Examples/Contoso/metadata.xml" "$metadata"

say "Building both apps from a clean clone"
build
expect "$(run PluginApp | head -n 1)" "account: Contoso, in accounts" "the app with the build-tool plugin"
expect "$(run CheckedInApp)" "account C-1: contoso.com" "the app with bindings that are checked in"
expect "$(ls "$bindings" | tr '\n' ' ')" \
    "Account.swift ComplexTypes.swift Contact.swift Enumerations.swift Operations.swift Opportunity.swift OtherTables.swift " \
    "the generated files"

say "Nothing has changed: nothing is generated or compiled"
# SwiftPM plans the second build anew, because the first one has written Package.resolved.
build
stamp
build
! generates || fail "a build without a change generated"
expect "$(compiled)" "" "compiled"

say "One table has changed in the metadata: its file alone is compiled"
sed -i '/<EntityType Name="opportunity"/a <Property Name="contoso_added" Type="Edm.String"/>' "$metadata"
stamp
build
generates || fail "a change of the metadata did not generate"
grep -q contoso_added "$bindings/Opportunity.swift" || fail "the new column is missing"
expect "$(compiled)" "Opportunity " "compiled"

say "dataverse-gen.yaml has changed: the next build has it, without touching Package.swift"
sed -i 's/^  - opportunity$/  - contoso_project/' "$configuration"
printf 'header: Copyright Contoso\n' >>"$configuration"
build
generates || fail "a change of the configuration did not generate"
grep -q '^struct ContosoProject: ODataEntity' "$bindings/OtherTables.swift" || fail "the added table is missing"
grep -q 'There are no tables' "$bindings/Opportunity.swift" || fail "the removed table is still there"
grep -q '^// Copyright Contoso' "$bindings/Account.swift" || fail "the header is missing"

say "The next plan has a file for the added table"
touch "$app/Package.swift"
build
grep -q '^struct ContosoProject: ODataEntity' "$bindings/ContosoProject.swift" || fail "the added table has no file"
[ ! -e "$bindings/Opportunity.swift" ] || fail "the file of the removed table is still there"

say "A mistake in dataverse-gen.yaml has its place"
printf 'acess: public\n' >>"$configuration"
if swift build --package-path "$app" --scratch-path "$scratch" >"$log" 2>&1; then fail "the mistake was accepted"; fi
grep -q "dataverse-gen.yaml:[0-9]*:1: error: unknown key 'acess'; did you mean 'access'?" "$log" ||
    fail "the mistake has no place"

say "The command plugin writes the bindings that are checked in"
generate() {
    swift package --package-path "$app" --scratch-path "$scratch" --allow-writing-to-package-directory \
        generate-dataverse-bindings "$@" >"$log" 2>&1
}
generate || fail "the command plugin failed"
grep -q "0 written, 4 unchanged" "$log" || fail "the bindings that are checked in are not what is generated"
rm "$app/Sources/CheckedInApp/Bindings/Account.swift"
generate --target CheckedInApp --access public || fail "the command plugin failed"
grep -q "public struct Customer" "$app/Sources/CheckedInApp/Bindings/Account.swift" || fail "the option was lost"
if generate --target PluginApp --config nowhere.yaml; then fail "a missing file was accepted"; fi
grep -q "nowhere.yaml: error: there is no such file" "$log" || fail "the missing file is not named"

say "The plugins work"
