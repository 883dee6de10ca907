#!/usr/bin/env bash
# What starts the process of an interpreter: Zeppelin's server calls it. Spark's goes through spark-submit, with the
# properties of its interpreter's settings; any other is a plain JVM.
set -eu
while getopts c:p:r:i:d:l:g:u: option; do
  case $option in
    c) host=$OPTARG ;;
    p) port=$OPTARG ;;
    r) range=$OPTARG ;;
    i) group=$OPTARG ;;
    d) folder=$OPTARG ;;
    *) ;;
  esac
done
server=org.apache.zeppelin.interpreter.remote.RemoteInterpreterServer
exec >>"$ZEPPELIN_HOME/$(basename "$folder").log" 2>&1
arguments=("$host" "$port" "$group" "$range")
if [ "$(basename "$folder")" != spark ]; then
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m -XX:+UseSerialGC -cp "$folder:$folder/*" "$server" "${arguments[@]}"
fi
IFS='|' read -r -a properties <<<"$ZEPPELIN_SPARK_CONF"
exec "$SPARK_HOME/bin/spark-submit" --class "$server" --driver-class-path "$folder/*" "${properties[@]}" \
  "$folder"/spark-interpreter-*.jar "${arguments[@]}"
