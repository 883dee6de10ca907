package io.rankline.pipeline.checkpoint;

import io.rankline.text.Option;
import io.rankline.text.Texts;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a training stands. */
public record CheckpointState(
    @Option(meaning = "number of epochs that are finished") int epoch,
    @Option(meaning = "number of parameter updates so far, over all epochs") long step,
    @Option(meaning = "number of updates in the epoch that is under way; 0 between epochs")
        long stepOfEpoch,
    @Option(meaning = "of every draw") long seed,
    @Option(meaning = "what callbacks have made of the learning rate: 1 where they left it alone")
        double learningRateFactor,
    @Option(
            form = Texts.class,
            meaning =
                "what callbacks, the session and the epoch under way remember, by their names")
        SortedMap<String, String> callbacks) {

  public CheckpointState {
    callbacks = Collections.unmodifiableSortedMap(new TreeMap<>(callbacks));
    if (epoch < 0 || step < 0 || stepOfEpoch < 0) {
      throw new IllegalArgumentException(
          "epoch, step and step of the epoch must be 0 or more, got %s, %s, %s"
              .formatted(epoch, step, stepOfEpoch));
    }
    if (!(learningRateFactor > 0) || Double.isInfinite(learningRateFactor)) {
      throw new IllegalArgumentException(
          "the factor of the learning rate must be above 0 and finite, got " + learningRateFactor);
    }
  }
}
