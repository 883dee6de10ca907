package io.rankline.model.kernel.block;

import io.rankline.model.kernel.packed.PackedMatrix;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BiConsumer;

/** Memory in which workers pack panels: two factors for as many workers as pack at a time. */
final class PackedPanels {

  private record Pair(PackedMatrix left, PackedMatrix right) {}

  private final Deque<Pair> free = new ConcurrentLinkedDeque<>();

  /** Lends out memory for a left and a right factor. */
  void with(BiConsumer<PackedMatrix, PackedMatrix> use) {
    Pair known = free.poll();
    Pair pair = known == null ? new Pair(new PackedMatrix(), new PackedMatrix()) : known;
    use.accept(pair.left(), pair.right());
    free.push(pair);
  }
}
