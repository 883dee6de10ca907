package io.rankline.pipeline.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    FakeRun run = new FakeRun(folder, 0);
    Map<String, Double> logs = new LinkedHashMap<>();
    logs.put("loss", 0.1 + 0.2);
    logs.put("val_loss", Double.NaN);
    logs.put("val_metric/ndcg_10", Double.POSITIVE_INFINITY);
    logs.put("val_metric/a \"b\", c", -1e-300);
    EpochResult epoch = FakeRun.epoch(1, logs);

    new History().onEpochEnd(run, epoch);

    List<EpochResult> read = History.read(run.modelDir());
    assertThat(read).containsExactly(epoch);
    assertThat(read.get(0).logs().keySet())
        .containsExactly("loss", "val_loss", "val_metric/ndcg_10", "val_metric/a \"b\", c");
  }

  @Test
  void csvHasAColumnForEachValue() throws IOException {
    FakeRun run = new FakeRun(folder, 0);
    History history = new History();

    history.onEpochEnd(run, FakeRun.epoch(1, "loss", 0.5));
    Map<String, Double> more = new LinkedHashMap<>();
    more.put("loss", 0.25);
    more.put("val_a, \"b\"", Double.NaN);
    history.onEpochEnd(run, FakeRun.epoch(2, more));

    assertThat(Files.readString(folder.resolve("history.csv")))
        .isEqualTo(
            "epoch,step,loss,\"val_a,"
                + " \"\"b\"\"\",lists,items,training_seconds,waiting_seconds,validating_seconds\r\n"
                + "1,10,0.5,,100,1200,2.0,0.5,0.25\r\n"
                + "2,20,0.25,NaN,100,1200,2.0,0.5,0.25\r\n");
  }

  @Test
  void aRunThatGoesOnHasEachEpochOnce() throws IOException {
    History first = new History();
    for (int e = 1; e <= 4; e++) {
      first.onEpochEnd(new FakeRun(folder, 0), FakeRun.epoch(e, "loss", e));
    }

    FakeRun resumed = new FakeRun(folder, 3);
    History second = new History();
    second.onTrainBegin(resumed);
    second.onEpochEnd(resumed, FakeRun.epoch(4, "loss", 40));
    second.onEpochEnd(resumed, FakeRun.epoch(5, "loss", 50));

    assertThat(History.read(resumed.modelDir()))
        .extracting(EpochResult::epoch)
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(second.epochs())
        .extracting(epoch -> epoch.value("loss").orElseThrow())
        .containsExactly(1.0, 2.0, 3.0, 40.0, 50.0);
  }

  @Test
  void aRunFromTheStartForgetsWhatWasThere() throws IOException {
    new History().onEpochEnd(new FakeRun(folder, 0), FakeRun.epoch(1, "loss", 1));
    FakeRun run = new FakeRun(folder, 0);
    History again = new History();

    again.onTrainBegin(run);
    again.onEpochEnd(run, FakeRun.epoch(1, "loss", 2));

    assertThat(History.read(run.modelDir())).containsExactly(FakeRun.epoch(1, "loss", 2));
  }

  @Test
  void aDamagedHistoryDoesNotStopARunThatGoesOn() throws IOException {
    Files.writeString(folder.resolve("history.json"), "{\"epochs\": [{\"epoch\": 1}]}");
    FakeRun run = new FakeRun(folder, 1);
    History history = new History();

    history.onTrainBegin(run);
    history.onEpochEnd(run, FakeRun.epoch(2, "loss", 2));

    assertThat(history.epochs()).containsExactly(FakeRun.epoch(2, "loss", 2));
  }

  @Test
  void aDamagedHistoryIsNotReadInSilence() throws IOException {
    Files.writeString(folder.resolve("history.json"), "{\"epochs\": [");

    assertThatThrownBy(() -> History.read(new FakeRun(folder, 0).modelDir()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder + "/history.json is no history of epochs: ");
  }

  @Test
  void aFolderWithoutHistoryHasNoEpochs() throws IOException {
    assertThat(History.read(new FakeRun(folder, 0).modelDir())).isEmpty();
  }
}
