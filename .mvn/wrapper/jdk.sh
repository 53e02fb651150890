# Finds a JDK for ./mvnw and deploy/demo, which read this file: sets JAVA_HOME, or ends with a message. POSIX sh.

NEEDED_JAVA=25

# The feature version of the JDK in $1, nothing if there is none. A JRE (no javac) does not count.
java_feature() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  "$1/bin/java" -XshowSettings:properties -version 2>&1 </dev/null |
    sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p'
}

fits_java() {
  feature=$(java_feature "$1")
  [ -n "$feature" ] && [ "$feature" -ge "$NEEDED_JAVA" ]
}

# The home of the java on the PATH, as that java itself tells it: links and shims do not matter.
path_java_home() {
  command -v java >/dev/null 2>&1 || return 0
  java -XshowSettings:properties -version 2>&1 </dev/null | sed -n 's/^ *java\.home = //p'
}

find_jdk() {
  for home in "${JAVA_HOME:-}" "$(path_java_home)"; do
    if [ -n "$home" ] && fits_java "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  for home in /usr/lib/jvm/* /opt/java* /opt/jdk* /usr/java/* "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if fits_java "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  return 1
}

JAVA_HOME=$(find_jdk) || {
  printf '%s: no JDK %s or newer in JAVA_HOME, on the PATH or in the usual folders.\n' "${0##*/}" "$NEEDED_JAVA" >&2
  printf 'Install one (for example from https://adoptium.net) or point JAVA_HOME at it.\n' >&2
  exit 1
}
export JAVA_HOME
