package io.rankline.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Floats are copied as memory; doubles go through ND4J. */
class RowGatherTest {

  private static final int LIST_SIZE = 7;
  private static final double PADDING = -3;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void copiesOfMemoryPutItemsWhereNd4jPutsThem(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    // Many lists are shared by threads.
    int lists = seed == 6 ? 900 : 1 + random.nextInt(6);
    int width = seed == 6 ? 40 : 1 + random.nextInt(3);
    ListRows rows = rows(random, lists);
    INDArray items = doubles(random, lists, LIST_SIZE, width);
    INDArray context = doubles(random, lists, width);

    INDArray gathered = both(items, rows, rows.rows(), width);
    both(context, rows, rows.rows(), width);

    INDArray expected = Nd4j.create(DataType.DOUBLE, lists, LIST_SIZE, width);
    INDArray restored = Nd4j.create(DataType.FLOAT, lists, LIST_SIZE, width);
    RowGather.restore(gathered, rows, PADDING, expected);
    RowGather.restore(gathered.castTo(DataType.FLOAT), rows, PADDING, restored);
    assertThat(restored.castTo(DataType.DOUBLE)).isEqualTo(expected);
  }

  /** What both gather of an array; they agree. */
  private static INDArray both(INDArray feature, ListRows rows, long... shape) {
    INDArray expected = Nd4j.create(DataType.DOUBLE, shape);
    INDArray copied = Nd4j.create(DataType.FLOAT, shape);
    RowGather.gather(feature, rows, expected);
    RowGather.gather(feature.castTo(DataType.FLOAT), rows, copied);
    assertThat(copied.castTo(DataType.DOUBLE)).isEqualTo(expected);
    return expected;
  }

  /** Items with holes between them; some lists are full and some have none. */
  private static ListRows rows(SplittableRandom random, int lists) {
    INDArray mask = Nd4j.zeros(DataType.FLOAT, lists, LIST_SIZE);
    mask.putScalar(0, random.nextInt(LIST_SIZE), 1);
    for (int b = 0; b < lists; b++) {
      double share = random.nextInt(3) / 2.0;
      for (int i = 0; i < LIST_SIZE; i++) {
        if (random.nextDouble() < share) {
          mask.putScalar(b, i, 1);
        }
      }
    }
    return ListRows.of(mask);
  }

  /** Numbers that floats hold exactly. */
  private static INDArray doubles(SplittableRandom random, long... shape) {
    INDArray array = Nd4j.create(DataType.DOUBLE, shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextInt(1000) / 8.0);
    }
    return array;
  }
}
