package io.rankline.feature.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.testing.Tolerances;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class QueryTransformTest {

  private static final float NAN = Float.NaN;

  static final List<QueryTransform> ALL =
      List.of(
          new QueryZScore(true),
          new QueryZScore(false),
          new QueryMinMax(true),
          new QueryMinMax(false),
          new QueryRank(true),
          new QueryRank(false));

  @Test
  void aZScoreIsTheDistanceFromTheMeanOfTheListInItsDeviations() {
    assertThat(scaled(new QueryZScore(true), 2, 4, 4, 4, 5, 5, 7, 9))
        .containsExactly(-1.5f, -0.5f, -0.5f, -0.5f, 0, 0, 1, 2);
    assertThat(scaled(new QueryZScore(true), NAN, 1, 3)).containsExactly(NAN, -1, 1);
    assertThat(scaled(new QueryZScore(true), 0.1f, 0.1f, 0.1f)).containsOnly(0);
    assertThat(scaled(new QueryZScore(true), 1e30f, 3e30f)).containsExactly(-1, 1);
    assertThat(scaled(new QueryZScore(true), 5)).containsExactly(0);
  }

  @Test
  void minMaxIsThePlaceBetweenTheSmallestAndTheLargest() {
    assertThat(scaled(new QueryMinMax(true), 3, 1, 2, NAN)).containsExactly(1, 0, 0.5f, NAN);
    assertThat(scaled(new QueryMinMax(true), -Float.MAX_VALUE, Float.MAX_VALUE))
        .containsExactly(0, 1);
    assertThat(scaled(new QueryMinMax(true), 7, 7)).containsExactly(0, 0);
  }

  @Test
  void aRankIsTheShareOfSmallerValuesAndEqualOnesShareTheirs() {
    assertThat(scaled(new QueryRank(true), 30, 10, 20)).containsExactly(1, 0, 0.5f);
    assertThat(scaled(new QueryRank(true), 1, 1, 2, NAN, 3))
        .containsExactly(1 / 6f, 1 / 6f, 2 / 3f, NAN, 1);
    assertThat(scaled(new QueryRank(true), -0f, 0f)).containsExactly(0.5f, 0.5f);
    assertThat(scaled(new QueryRank(true), 5)).containsExactly(0.5f);
    assertThat(scaled(new QueryRank(true), NAN, NAN)).containsExactly(NAN, NAN);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("ALL")
  void eachListAndEachColumnIsByItself(QueryTransform transform) {
    SplittableRandom random = new SplittableRandom(5);
    int[] starts = {0, 1, 1, 8, 20};
    int columns = 3;
    float[] in = new float[20 * columns];
    for (int i = 0; i < in.length; i++) {
      in[i] = random.nextInt(5) == 0 ? NAN : random.nextInt(-4, 5);
    }
    float[] out = new float[20 * transform.width(columns)];
    Arrays.fill(out, 77);

    transform.apply(in, starts, columns, out);

    int width = transform.width(columns);
    for (int q = 0; q < 4; q++) {
      for (int c = 0; c < columns; c++) {
        float[] column = new float[starts[q + 1] - starts[q]];
        float[] raw = new float[column.length];
        float[] expected = new float[column.length];
        for (int i = 0; i < column.length; i++) {
          expected[i] = in[(starts[q] + i) * columns + c];
          raw[i] = out[(starts[q] + i) * width + c];
          column[i] = out[(starts[q] + i) * width + width - columns + c];
        }
        if (transform.beside()) {
          assertThat(raw).isEqualTo(expected);
        }
        assertThat(column).isEqualTo(scaled(transform, expected));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("ALL")
  void theOrderOfItemsOnlyMovesResults(QueryTransform transform) {
    SplittableRandom random = new SplittableRandom(6);
    float[] values = new float[50];
    float[] reversed = new float[50];
    for (int i = 0; i < 50; i++) {
      values[i] = (float) random.nextDouble();
      reversed[49 - i] = values[i];
    }

    float[] scaled = scaled(transform, values);

    float[] again = scaled(transform, reversed);
    for (int i = 0; i < 50; i++) {
      assertThat(again[49 - i]).isCloseTo(scaled[i], within((float) Tolerances.FLOAT32_ROUNDING));
    }
  }

  @Test
  void inTextTheyStandBesideTheValueUnlessToldOtherwise() {
    assertThat(
            TransformText.parse(
                "x = [log1p, query_z_score], y = { query_rank { beside = false } }, z ="
                    + " query_min_max",
                "conf"))
        .containsEntry("x", TransformChain.of(Transform.LOG1P, Transform.QUERY_Z_SCORE))
        .containsEntry("y", TransformChain.of(new QueryRank(false)))
        .containsEntry("z", TransformChain.of(Transform.QUERY_MIN_MAX));
  }

  private static float[] scaled(QueryTransform transform, float... values) {
    float[] copy = values.clone();
    transform.scale(copy);
    return copy;
  }
}
