# Shared by deploy/kubernetes/submit, deploy/standalone/submit and deploy/yarn/submit, which say who called it.
# shellcheck shell=sh
: "${script:?}" "${root:?}"

fail() {
  echo "rankline: $1" >&2
  exit 1
}

# The comment at the top of the script that was called.
usage() {
  awk 'NR > 1 { if (!/^#/) exit; sub(/^# ?/, ""); print }' "$script"
}

# MiB of a size such as 512m, 4g or 1t.
mib() {
  number=${2%[mMgGtT]}
  case $number in
    '' | *[!0-9]* | 0*) fail "$1 must be a size such as 512m or 4g, got '$2'" ;;
  esac
  case $2 in
    *[mM]) echo "$number" ;;
    *[gG]) echo $((number * 1024)) ;;
    *[tT]) echo $((number * 1024 * 1024)) ;;
    *) fail "$1 must be a size such as 512m or 4g, got '$2'" ;;
  esac
}

# What a process needs beside its heap: ND4J's arrays, and what the JVM takes for itself (classes, code, stacks,
# OpenBLAS's and the network's buffers).
overhead() {
  echo $(($2 + 384 + $1 / 10))
}

# JVM options of a process with that heap and off-heap memory, in MiB: ND4J stops at its share with an error that says
# so, before the cluster kills the whole process without one.
memory_options() {
  echo "-Dorg.bytedeco.javacpp.maxbytes=$2m -Dorg.bytedeco.javacpp.maxphysicalbytes=$(($1 + $(overhead "$1" "$2")))m"
}

# The assembled jar, and the JVM options that the build wrote.
find_application() {
  jar=${RANKLINE_JAR:-}
  if [ -z "$jar" ]; then
    for found in "$root"/spark-app/target/spark-app-*-assembled.jar; do
      jar=$found
    done
    [ -f "$jar" ] || fail "there is no assembled jar in $root/spark-app/target; run 'mvn -DskipTests package' there, or name one in RANKLINE_JAR"
  fi
  jvm_options=$root/spark-app/target/launcher/jvm.options
  case $jar in
    *://*)
      # In an image, whose /opt/rankline has no source tree.
      if [ -f "$root/jvm.options" ]; then
        jvm_options=$root/jvm.options
      fi
      ;;
    *)
      [ -f "$jar" ] || fail "RANKLINE_JAR names no file: $jar"
      if [ -f "$(dirname "$jar")/jvm.options" ]; then
        jvm_options=$(dirname "$jar")/jvm.options
      fi
      ;;
  esac
  [ -f "$jvm_options" ] || fail "there is no jvm.options beside the jar $jar; it is spark-app/target/launcher/jvm.options of the build"
  jvm_options=$(cat "$jvm_options")
}

# Logs warnings, and what YARN says of the application, unless this Spark has a log4j2.properties of its own.
log_options() {
  if [ -f "${SPARK_CONF_DIR:-$SPARK_HOME/conf}/log4j2.properties" ]; then
    return
  fi
  case $jar in
    *://*)
      for settings in "$root/log4j2.properties" "$root/spark-app/src/main/resources/log4j2.properties"; do
        if [ -f "$settings" ]; then
          echo "-Dlog4j2.configurationFile=file:$settings"
          return
        fi
      done
      ;;
    /*) echo "-Dlog4j2.configurationFile=jar:file:$jar!/log4j2.properties" ;;
    *) echo "-Dlog4j2.configurationFile=jar:file:$(pwd -P)/$jar!/log4j2.properties" ;;
  esac
}

# How spark-submit is started, what the environment of a driver in cluster mode is called, and further options of
# JVMs elsewhere, for scripts that set them.
start=exec
driver_environment=spark.yarn.appMasterEnv
remote_options=

# submit SPARK-SUBMIT-OPTION ... -- COMMAND [OPTION ...]
submit() {
  [ -n "${SPARK_HOME:-}" ] || fail "SPARK_HOME is not set; it names the folder of a Spark 3.5 installation (Scala 2.12)"
  [ -x "$SPARK_HOME/bin/spark-submit" ] || fail "SPARK_HOME has no bin/spark-submit: $SPARK_HOME"
  find_application

  deploy_mode=client
  before=
  split=
  for word; do
    [ "$word" != -- ] || split=yes
    if [ -z "$split" ]; then
      case $before,$word in
        --deploy-mode,*) deploy_mode=$word ;;
        *,--deploy-mode=*) deploy_mode=${word#--deploy-mode=} ;;
      esac
      before=$word
    fi
  done
  [ -n "$split" ] || fail "put -- between the options of spark-submit and the command, as in: $script --deploy-mode client -- train run.conf"

  driver_heap=$(mib RANKLINE_DRIVER_HEAP "${RANKLINE_DRIVER_HEAP:-2g}") || exit 1
  driver_off_heap=$(mib RANKLINE_DRIVER_OFF_HEAP "${RANKLINE_DRIVER_OFF_HEAP:-2g}") || exit 1
  executor_heap=$(mib RANKLINE_EXECUTOR_HEAP "${RANKLINE_EXECUTOR_HEAP:-2g}") || exit 1
  executor_off_heap=$(mib RANKLINE_EXECUTOR_OFF_HEAP "${RANKLINE_EXECUTOR_OFF_HEAP:-2g}") || exit 1
  executor_cores=${RANKLINE_EXECUTOR_CORES:-1}
  driver_cores=${RANKLINE_DRIVER_CORES:-1}

  # Turns the words round once, with the application in the place of the first "--".
  remaining=$#
  while [ "$remaining" -gt 0 ]; do
    word=$1
    shift
    if [ "$word" = -- ] && [ -n "$split" ]; then
      split=
      set -- "$@" --class io.rankline.spark.cli.RankingApp "$jar"
    else
      set -- "$@" "$word"
    fi
    remaining=$((remaining - 1))
  done

  # Without a language, as under cron and in containers, Java knows names of files in ASCII alone.
  case $(locale charmap 2>/dev/null) in
    '' | ANSI_X3.4-1968 | US-ASCII)
      LC_ALL=C.UTF-8
      export LC_ALL
      ;;
  esac
  set -- --conf spark.executorEnv.LC_ALL=C.UTF-8 --conf "$driver_environment.LC_ALL=C.UTF-8" "$@"

  # Every JVM chooses kernels that fit its processor, unless it is told others.
  if [ -n "${OPENBLAS_CORETYPE:-}" ]; then
    set -- --conf "spark.executorEnv.OPENBLAS_CORETYPE=$OPENBLAS_CORETYPE" \
      --conf "$driver_environment.OPENBLAS_CORETYPE=$OPENBLAS_CORETYPE" "$@"
  fi

  # JVM and ND4J would take all processors of a node for their own. In client mode the driver may.
  driver_threads=
  if [ "$deploy_mode" = cluster ]; then
    driver_threads="-XX:ActiveProcessorCount=$driver_cores $remote_options"
    set -- --driver-cores "$driver_cores" --conf "$driver_environment.OMP_NUM_THREADS=$driver_cores" "$@"
  fi

  terminal=false
  columns=${COLUMNS:-}
  if [ "$deploy_mode" = client ] && [ -t 2 ]; then
    terminal=true
    [ -n "$columns" ] || columns=$(stty size 2>/dev/null </dev/tty | cut -d ' ' -f 2) || columns=
  fi
  # For the JVM of spark-submit, which in client mode is the driver's.
  SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS:-} $(log_options) -Drankline.terminal=$terminal${columns:+ -Drankline.columns=$columns}"
  export SPARK_SUBMIT_OPTS

  $start "$SPARK_HOME/bin/spark-submit" \
    --driver-memory "${driver_heap}m" \
    --driver-java-options "$jvm_options -XX:+UseParallelGC $driver_threads $(memory_options "$driver_heap" "$driver_off_heap") ${RANKLINE_JAVA_OPTS:-}" \
    --conf "spark.driver.memoryOverhead=$(overhead "$driver_heap" "$driver_off_heap")m" \
    --executor-memory "${executor_heap}m" \
    --executor-cores "$executor_cores" \
    --conf "spark.executor.memoryOverhead=$(overhead "$executor_heap" "$executor_off_heap")m" \
    --conf "spark.executor.extraJavaOptions=$jvm_options -XX:+UseParallelGC -XX:ActiveProcessorCount=$executor_cores $remote_options $(memory_options "$executor_heap" "$executor_off_heap") ${RANKLINE_JAVA_OPTS:-}" \
    --conf "spark.executorEnv.OMP_NUM_THREADS=$executor_cores" \
    --conf spark.ui.showConsoleProgress=false \
    --conf spark.metrics.namespace=rankline \
    --conf "spark.metrics.conf.*.sink.prometheusServlet.class=org.apache.spark.metrics.sink.PrometheusServlet" \
    --conf "spark.metrics.conf.*.sink.prometheusServlet.path=/metrics/prometheus" \
    "$@"
}
