package io.rankline.config.sweep;

import java.util.ArrayList;
import java.util.List;

/**
 * Successive halving: all trials are trained for a few epochs, the best part of them goes on, and
 * so forth, until those that are left have had all epochs.
 *
 * @param rounds in their order
 * @see <a href="https://jmlr.org/papers/v18/16-558.html">Li et al., Hyperband: A Novel Bandit-Based
 *     Approach to Hyperparameter Optimization, 2018</a>
 */
public record Halving(List<Round> rounds) {

  /**
   * A round.
   *
   * @param trials how many take part
   * @param epochs that they have at its end, those of earlier rounds among them
   */
  public record Round(int trials, int epochs) {}

  public Halving {
    rounds = List.copyOf(rounds);
  }

  /**
   * The rounds of some trials.
   *
   * @param trials 2 or more
   * @param epochs of a whole training
   * @param part one in so many goes on, 2 or more
   * @throws IllegalArgumentException for other numbers
   */
  public static Halving of(int trials, int epochs, int part) {
    if (part < 2) {
      throw new IllegalArgumentException("one in 2 or more goes on, got " + part);
    }
    if (trials < 2 || epochs < 1) {
      throw new IllegalArgumentException(
          "takes 2 trials and 1 epoch or more, got %s and %s".formatted(trials, epochs));
    }
    int cuts = 0;
    for (long left = trials; left >= part; left /= part) {
      cuts++;
    }
    List<Round> rounds = new ArrayList<>();
    for (int round = 0; round <= cuts; round++) {
      int left = Math.max(1, (int) (trials / Math.pow(part, round)));
      int until = Math.max(1, (int) Math.round(epochs / Math.pow(part, (double) cuts - round)));
      Round last = rounds.isEmpty() ? null : rounds.get(rounds.size() - 1);
      if (last != null && last.epochs() == until) {
        // Too few epochs for all rounds: the earlier ones would train nothing.
        rounds.set(rounds.size() - 1, new Round(last.trials(), until));
      } else {
        rounds.add(new Round(left, until));
      }
    }
    return new Halving(rounds);
  }

  /** Epochs of all trials together. */
  public long epochs() {
    long sum = 0;
    int before = 0;
    for (Round round : rounds) {
      sum += (long) round.trials() * (round.epochs() - before);
      before = round.epochs();
    }
    return sum;
  }
}
