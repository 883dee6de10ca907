#!/usr/bin/env bash
# Spark MLlib's RankingMetrics.ndcgAt with relevances (spark-mllib_2.12 3.5.5): above 1, up to any number, where the
# truth is not listed best first.
#
# Since Spark 3.4 RankingMetrics takes (ranking, truth, relevance of the truth). The best order that DCG is divided by
# is then the order in which the truth happens to be listed, and not that by relevance. The documentation asks for no
# order. A perfect ranking of a truth that is listed worst first, as a collect_list of a table sorted by relevance
# gives it, has an NDCG@1 of (2^3 - 1) / (2^1 - 1) = 7. Nothing is logged.
#
# Seen (JDK 17), ranking a, b, c; a has relevance 3, b 2, c 1: truth listed a, b, c: NDCG@1 1.000, NDCG@3 1.000; listed
# c, b, a: NDCG@1 7.000, NDCG@3 1.469.
# Fails if the order of the truth makes no difference any more.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.spark</groupId>
      <artifactId>spark-mllib_2.12</artifactId>
      <version>3.5.5</version>
    </dependency>
  </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=classpath

cat > Ndcg.java <<'JAVA'
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.evaluation.RankingMetrics;
import scala.Tuple3;

public class Ndcg {

  static double[] of(JavaSparkContext spark, List<String> truth, List<Double> relevance) {
    RankingMetrics<String> metrics =
        RankingMetrics.of(
            spark.parallelize(List.of(new Tuple3<>(List.of("a", "b", "c"), truth, relevance))));
    System.out.printf(
        Locale.ROOT, "truth listed %s: NDCG@1 %.3f, NDCG@3 %.3f%n", truth, metrics.ndcgAt(1), metrics.ndcgAt(3));
    return new double[] {metrics.ndcgAt(1), metrics.ndcgAt(3)};
  }

  public static void main(String[] args) {
    SparkConf conf = new SparkConf().setMaster("local[1]").setAppName("ndcg").set("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      spark.setLogLevel("WARN");
      double[] best = of(spark, List.of("a", "b", "c"), List.of(3.0, 2.0, 1.0));
      double[] worst = of(spark, List.of("c", "b", "a"), List.of(1.0, 2.0, 3.0));
      System.exit(best[0] == 1 && best[1] == 1 && worst[0] == 7 && worst[1] > 1.4 ? 0 : 1);
    }
  }
}
JAVA
javac -cp "$(cat classpath)" Ndcg.java
opens=$(printf -- '--add-opens=java.base/%s=ALL-UNNAMED ' java.lang java.lang.invoke java.net java.nio java.util \
  java.util.concurrent sun.nio.ch sun.util.calendar)
# shellcheck disable=SC2086 # several options
SPARK_LOCAL_IP=127.0.0.1 java $opens -cp ".:$(cat classpath)" Ndcg 2>log || { cat log >&2; exit 1; }
