package io.rankline.spark.convert;

import io.rankline.io.record.RecordFormat;
import io.rankline.io.record.RecordWalker;
import io.rankline.spark.inspect.FilesProfile;
import io.rankline.spark.terminal.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.util.CollectionAccumulator;
import scala.Tuple2;

/**
 * What is looked up before lists are written as rows, so that nothing is written which does not
 * come back.
 *
 * @param census the features
 * @param repeated queries of several lists, whose rows would come back as one
 */
record Survey(FeatureCensus census, List<String> repeated) {

  /** So many queries are named. */
  private static final int TOLD = 3;

  /** Reads all lists. */
  static Survey of(SparkContext spark, JavaPairRDD<ItemKey, byte[]> lists) {
    CollectionAccumulator<FeatureCensus> parts = spark.collectionAccumulator("features");
    List<String> repeated =
        lists
            .mapPartitionsToPair(
                records -> {
                  FeatureCensus census = new FeatureCensus();
                  RecordWalker walker = new RecordWalker(RecordFormat.ELWC);
                  List<Tuple2<String, Integer>> queries = new ArrayList<>();
                  while (records.hasNext()) {
                    Tuple2<ItemKey, byte[]> list = records.next();
                    walker.walk(list._2, 0, list._2.length, census);
                    queries.add(new Tuple2<>(list._1.query(), 1));
                  }
                  parts.add(census);
                  return queries.iterator();
                })
            .reduceByKey(Integer::sum)
            .filter(query -> query._2 > 1)
            .keys()
            .take(TOLD);
    FeatureCensus all = new FeatureCensus();
    parts.value().forEach(all::plus);
    return new Survey(all, repeated);
  }

  /**
   * Refuses what rows cannot give back.
   *
   * @throws UsageException with the queries or features
   */
  void require(DataFormat target, Naming naming) {
    if (!repeated.isEmpty()) {
      throw new UsageException(
          "several lists are of one query, as '%s': as rows of %s they would come back as one list;"
                  .formatted(String.join("', '", repeated), target.optionName())
              + " --number-queries tells lists apart, and elwc, eie and seq hold them");
    }
    NavigableSet<String> without = new TreeSet<>(FilesProfile.BY_NAME_AND_NUMBER);
    if (target == DataFormat.LIBSVM) {
      without.addAll(census.context().keySet());
      without.remove(naming.query());
      census.examples().keySet().stream()
          .filter(name -> naming.featureId(name) < 0 && !name.equals(naming.label()))
          .forEach(without::add);
      if (!without.isEmpty()) {
        throw new UsageException(
            "libsvm has no place for '%s'; leave out what is not needed: --drop-columns %s%s"
                .formatted(
                    String.join("', '", without),
                    String.join(",", without),
                    census.examples().keySet().stream().anyMatch(n -> naming.featureId(n) > 0)
                        ? ""
                        : "; no feature is called as --feature-name-pattern says: "
                            + naming.featurePattern()));
      }
    }
    if (target == DataFormat.TFEXAMPLE) {
      without.addAll(census.context().keySet());
      without.retainAll(census.examples().keySet());
      if (!without.isEmpty()) {
        throw new UsageException(
            "'%s' is a feature of the context and of items; a tf.Example has one of a name"
                .formatted(String.join("', '", without)));
      }
    }
  }
}
