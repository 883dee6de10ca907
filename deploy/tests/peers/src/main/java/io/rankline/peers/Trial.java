package io.rankline.peers;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to train.
 *
 * @param kills whether an executor is killed in the middle
 */
record Trial(Peer peer, Layout layout, int workers, boolean kills) {

  private static final List<Integer> WORKERS = List.of(1, 2, 4);

  /** All of a peer. Trials that kill come after the same ones undisturbed. */
  static List<Trial> of(Peer peer) {
    List<Trial> trials = new ArrayList<>();
    for (int workers : WORKERS) {
      trials.add(new Trial(peer, Layout.GROUPED, workers, false));
      trials.add(new Trial(peer, Layout.GROUPED, workers, true));
    }
    for (int workers : WORKERS) {
      trials.add(new Trial(peer, Layout.SCATTERED, workers, false));
    }
    for (int workers : WORKERS.subList(1, WORKERS.size())) {
      trials.add(new Trial(peer, Layout.SCATTERED_OVER_WORKERS, workers, false));
    }
    return trials;
  }

  /** The same, undisturbed. */
  Trial undisturbed() {
    return new Trial(peer, layout, workers, false);
  }

  /** One worker on whole queries, undisturbed. */
  Trial simplest() {
    return new Trial(peer, Layout.GROUPED, 1, false);
  }
}
