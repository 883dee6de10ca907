package io.rankline.spark.retraining;

import java.util.List;

/**
 * One training by new files, from the model that served.
 *
 * @param number from 1; 0 for files that a model brought from elsewhere was trained on
 * @param from what tells the model apart that it started from; empty for none
 * @param files what it is trained on, beside those of the model that it started from
 * @param model what tells the trained model apart; empty until it is there
 * @param outcome what became of it
 */
public record Round(int number, String from, List<SeenFile> files, String model, Outcome outcome) {

  /** What became of a round. */
  public enum Outcome {
    /** It was begun, and goes on where it stopped. */
    OPEN,
    /** Its model serves, or has served. */
    PROMOTED,
    /** Its model was not better; its files are new to the next round. */
    NOT_PROMOTED,
    /** Another model has come to serve before it ended, or a user said so. */
    GIVEN_UP
  }

  public Round {
    files = List.copyOf(files);
  }

  /** The name of its folder. */
  public String folder() {
    return "round-" + number;
  }

  /** The same, its model known. */
  public Round trained(String digest) {
    return new Round(number, from, files, digest, outcome);
  }

  /** The same at its end. */
  public Round ended(Outcome how) {
    return new Round(number, from, files, model, how);
  }
}
