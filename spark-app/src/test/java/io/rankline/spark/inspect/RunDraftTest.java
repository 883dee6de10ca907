package io.rankline.spark.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.ExampleWriter;
import io.rankline.io.record.ElwcAssembler;
import io.rankline.io.record.RecordFormat;
import io.rankline.spark.terminal.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What is chosen by what data looks like. */
class RunDraftTest {

  private static final int LIST = 10;

  @Test
  void smallNumbersStayAsTheyAre() throws CorruptRecordException {
    assertThat(transforms(i -> spread(i) * 2 - 1)).isEmpty();
  }

  @Test
  void aLongTailIsFoldedIn() throws CorruptRecordException {
    assertThat(transforms(i -> Math.exp(9 * spread(i)))).isEqualTo("[log1p, query_z_score]");
  }

  @Test
  void largeNumbersWithoutATailBecomeZScores() throws CorruptRecordException {
    assertThat(transforms(i -> 1990 + 30 * spread(i))).isEqualTo("[z_score, query_z_score]");
  }

  @Test
  void numbersThatHardlyDifferBecomeZScores() throws CorruptRecordException {
    assertThat(transforms(i -> 0.001 * spread(i))).isEqualTo("[z_score, query_z_score]");
  }

  @Test
  void whatIsSometimesMissingIsTold() throws CorruptRecordException {
    RunDraft draft = draft(400, i -> i % 3 == 0 ? Double.NaN : spread(i), i -> i % 3, true);

    assertThat(draft.text("here", List.of()))
        .contains("\"x\" { dtype = float32, default = NaN }")
        .contains("\"x\" = missing")
        .contains("default_values {\n      \"x\" = 0\n");
    assertThat(draft.reasons().get(1)).isEqualTo("numbers   1 as they are; 1 tell what is missing");
  }

  @Test
  void whatSparseFilesLeaveOutIsZero() throws CorruptRecordException {
    RunDraft draft = draft(400, i -> i % 3 == 0 ? Double.NaN : 0.1 + spread(i), i -> i % 3, false);

    assertThat(draft.text("here", List.of()))
        .contains("\"x\" { dtype = float32, default = 0 }")
        .doesNotContain("transforms")
        .doesNotContain("default_values");
  }

  @Test
  void zerosInSparseFilesSayThatTheOthersAreMissing() throws CorruptRecordException {
    RunDraft draft = draft(400, i -> i % 3 == 0 ? Double.NaN : i % 3 - 1, i -> i % 3, false);

    assertThat(draft.text("here", List.of())).contains("\"x\" { dtype = float32, default = NaN }");
  }

  @Test
  void rawNumbersOfFewItemsHaveNothingBesideThem() throws CorruptRecordException {
    RunDraft draft = draft(40, i -> Math.exp(9 * spread(i)), i -> i % 3, true);

    assertThat(draft.text("here", List.of())).contains("\"x\" = log1p\n");
  }

  @Test
  void aNetworkIsWideWhereThereAreManyItems() throws CorruptRecordException {
    assertThat(draft(400, RunDraftTest::spread, i -> i % 3, true).text("here", List.of()))
        .contains("hidden_layer_dims = [64, 32]", "train_batch_size = 8\n");
    assertThat(draft(12_000, RunDraftTest::spread, i -> i % 3, true).text("here", List.of()))
        .contains("hidden_layer_dims = [256, 128, 64]", "train_batch_size = 32\n");
  }

  @Test
  void amountsAreRankedByPairs() throws CorruptRecordException {
    assertThat(draft(400, RunDraftTest::spread, i -> i % 4, true).text("here", List.of()))
        .contains("best_exporter_metric = ndcg_10");
    assertThat(draft(400, RunDraftTest::spread, i -> 25 * (i % 4), true).text("here", List.of()))
        .contains("best_exporter_metric = opa");
  }

  @Test
  void everythingThatWasChosenIsSaid() throws CorruptRecordException {
    assertThat(draft(400, RunDraftTest::spread, i -> i % 3, true).reasons())
        .containsExactly(
            "features  1 of 1",
            "numbers   1 as they are",
            "network   dnn, hidden layers 64, 32, for 400 items; batches of 8 of 40 lists",
            "training  softmax_loss, adam, learning rate 0.003; best epoch by ndcg_10, for labels"
                + " from 0 to 2");
  }

  @Test
  void aLabelThatIsTheSameInAllItemsIsRefused() throws CorruptRecordException {
    FeatureProfile labels =
        Objects.requireNonNull(
            FilesProfile.of(records(20, RunDraftTest::spread, i -> 1).iterator())
                .examples()
                .get("label"));

    assertThatThrownBy(() -> SpecDraft.requireDifferences("label", labels))
        .isInstanceOf(UsageException.class)
        .hasMessage("the label 'label' is 1 in all items, and no item is better than another");
  }

  /** From 0 to 1, without order. */
  private static double spread(int i) {
    return i * 37 % 101 / 100.0;
  }

  private static String transforms(IntToDoubleFunction values) throws CorruptRecordException {
    String text = draft(400, values, i -> i % 3, true).text("here", List.of());
    return text.lines()
        .map(String::strip)
        .filter(line -> line.startsWith("\"x\" = "))
        .findFirst()
        .orElse("")
        .replace("\"x\" = ", "");
  }

  private static RunDraft draft(
      int items, IntToDoubleFunction values, IntToDoubleFunction labels, boolean holes)
      throws CorruptRecordException {
    List<byte[]> records = records(items, values, labels);
    FilesProfile profile = FilesProfile.of(records.iterator());
    return new RunDraft(
        profile,
        records,
        RecordFormat.ELWC,
        DraftNames.of("qid", "label", profile, "/model"),
        new TreeMap<>(Map.of()),
        holes,
        null);
  }

  private static List<byte[]> records(
      int items, IntToDoubleFunction values, IntToDoubleFunction labels) {
    List<byte[]> records = new ArrayList<>();
    ElwcAssembler list = new ElwcAssembler();
    for (int i = 0; i < items; i++) {
      ExampleWriter item = new ExampleWriter();
      float x = (float) values.applyAsDouble(i);
      if (!Float.isNaN(x)) {
        item.floats("x", new float[] {x}, 0, 1);
      }
      item.floats("label", new float[] {(float) labels.applyAsDouble(i)}, 0, 1);
      list.add(item);
      if (i % LIST == LIST - 1) {
        records.add(list.build(new byte[0]));
      }
    }
    return records;
  }
}
