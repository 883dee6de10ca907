#!/usr/bin/env bash
# XGBoost4J-Spark's ranker (xgboost4j-spark_2.12 3.4.0, Spark 3.5.5): queries are torn apart where a table has as many
# partitions as workers.
#
# XGBoostRanker brings the rows of a query (groupCol) to one worker by repartitioning the table. It leaves that out where
# the table has numWorkers partitions already, whatever is in them: each worker then takes the rows of a query that it
# finds for a query of its own. Nothing is logged. setForceRepartition(true) brings them together.
#
# The table here: 200 queries of one relevant and one irrelevant item, told apart by the only feature. One job wrote the
# relevant items and another appended the others, so there are two files and two partitions. With two workers no query
# has a pair to learn from, and the model gives one score to all.
#
# Seen (local[2], JDK 17), mean scores of relevant and other items: 2 workers and 2 partitions 0.000 and 0.000; 2 workers
# and 3 partitions, or forced, 1.717 and -1.717; 1 worker and 2 partitions 1.717 and -1.717. No warning names groups or
# partitions.
# Fails if two workers and two partitions learn anything or are warned, or if one of the others learns nothing.
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
    <dependency>
      <!-- Spark's release; an older one is nearer in the tree, and would log nothing. -->
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-api</artifactId>
      <version>2.0.7</version>
    </dependency>
    <dependency>
      <groupId>ml.dmlc</groupId>
      <artifactId>xgboost4j-spark_2.12</artifactId>
      <version>3.4.0</version>
      <exclusions>
        <exclusion>
          <!-- Kryo 5, of the names of Spark's Kryo 4. -->
          <groupId>com.esotericsoftware</groupId>
          <artifactId>kryo</artifactId>
        </exclusion>
      </exclusions>
    </dependency>
  </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=classpath

cat > Torn.java <<'JAVA'
import java.util.List;
import java.util.Locale;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRanker;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

public class Torn {

  /** Appends one item of each of 200 queries: its label is its only feature. */
  static void append(SparkSession spark, int label) {
    spark.range(0, 200, 1, 1)
        .selectExpr("cast(id as int) qid", label + "D label", "array(" + label + "F) features")
        .write().mode("append").parquet("items");
  }

  /** By how much the relevant item's score is above that of the other. */
  static double learned(Dataset<Row> table, int workers, boolean force) {
    XGBoostRanker ranker = new XGBoostRanker().setGroupCol("qid");
    ranker.setNumWorkers(workers);
    ranker.setForceRepartition(force);
    ranker.setObjective("rank:ndcg");
    ranker.setNumRound(10);
    ranker.setRabitTrackerHostIp("127.0.0.1");
    List<Row> scores = ranker.fit(table).transform(table).groupBy("label").avg("prediction").orderBy("label").collectAsList();
    double relevant = scores.get(1).getDouble(1);
    double other = scores.get(0).getDouble(1);
    System.err.printf(Locale.ROOT, "SEEN %d workers, %d partitions%s: relevant %.3f, irrelevant %.3f%n",
        workers, table.rdd().getNumPartitions(), force ? ", forced" : "", relevant, other);
    return relevant - other;
  }

  public static void main(String[] args) {
    SparkSession spark = SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
    spark.sparkContext().setLogLevel("WARN");
    append(spark, 1);
    append(spark, 0);
    Dataset<Row> table = spark.read().parquet("items");
    double torn = learned(table, 2, false);
    double forced = learned(table, 2, true);
    double more = learned(table.repartition(3), 2, false);
    double one = learned(table, 1, false);
    spark.stop();
    System.exit(torn == 0 && forced > 1 && more > 1 && one > 1 ? 0 : 1);
  }
}
JAVA
javac -cp "$(cat classpath)" Torn.java
opens=$(printf -- '--add-opens=java.base/%s=ALL-UNNAMED ' java.lang java.lang.invoke java.net java.nio java.util \
  java.util.concurrent sun.nio.ch sun.util.calendar)
status=0
# shellcheck disable=SC2086 # several options
SPARK_LOCAL_IP=127.0.0.1 java $opens -cp ".:$(cat classpath)" Torn >log 2>&1 || status=$?
grep '^SEEN' log || cat log
grep -q ' INFO ' log || { echo "nothing is logged at all"; status=1; }
if grep -i 'WARN.*\(group\|partition\)' log; then
  status=1
fi
exit "$status"
