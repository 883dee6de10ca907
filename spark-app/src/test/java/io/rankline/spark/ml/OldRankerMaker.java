package io.rankline.spark.ml;

import io.rankline.spark.testing.LocalSpark;
import java.io.IOException;

/**
 * Wrote {@code golden/neural-ranker-v2}. A newer format gets a folder of its own, and this one
 * stays as it is.
 */
final class OldRankerMaker {

  private OldRankerMaker() {}

  /** Saves a fitted ranker to a folder, and prints scores of the rows of {@link OldRankerTest}. */
  public static void main(String[] arguments) throws IOException {
    NeuralRankerModel model = Logs.ranker().setPredictionCol("utility").fit(Logs.table(24, 11));
    model.save(arguments[0]);
    model
        .transform(Logs.table(1, 11))
        .select("doc", "utility")
        .collectAsList()
        .forEach(System.out::println);
    LocalSpark.session().stop();
  }
}
