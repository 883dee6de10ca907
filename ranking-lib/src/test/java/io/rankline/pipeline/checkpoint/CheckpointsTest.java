package io.rankline.pipeline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.testing.ObjectsInMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

  private static final Map<String, String> HYPERPARAMETERS =
      Map.of("loss", "softmax_loss", "train_batch_size", "32");

  @TempDir Path disk;

  private Path place = Path.of("/");
  private Folder folder = Storage.ofClassPath().folder("/");
  private final ComputationGraph graph = SmallGraphs.dense(4);
  private Checkpoints checkpoints =
      new Checkpoints(folder, ModelIdentity.of(graph, HYPERPARAMETERS));

  @BeforeEach
  void open() {
    place = disk.resolve("checkpoints");
    folder = Storage.ofClassPath().folder(place.toString());
    checkpoints = new Checkpoints(folder, ModelIdentity.of(graph, HYPERPARAMETERS));
  }

  @Test
  void aFolderWithoutCheckpointsHasNoNewest() throws IOException {
    assertThat(checkpoints.newest()).isEmpty();
    Files.createDirectories(place.resolve("something"));
    assertThat(checkpoints.newest()).isEmpty();
  }

  @Test
  void aCheckpointHoldsTheWholeState() throws IOException {
    CheckpointState state =
        new CheckpointState(
            3,
            (1L << 40) + 1,
            17,
            Long.MIN_VALUE,
            0.1,
            new TreeMap<>(Map.of("early_stopping", "{\"best\": 0.25, \"wait\": 2}")));
    SmallGraphs.fit(graph, 0);
    checkpoints.save(graph, state);

    Checkpoint newest = checkpoints.newest().orElseThrow();

    assertThat(newest.state()).isEqualTo(state);
    assertThat(newest.name()).isEqualTo("step-1099511627777");
    assertThat(newest.network().params().toFloatVector()).isEqualTo(graph.params().toFloatVector());
  }

  @Test
  void theLastThreeAreKept() throws IOException {
    for (long step : new long[] {10, 20, 9, 30, 40}) {
      checkpoints.save(graph, at(step));
    }

    assertThat(folder.names())
        .containsExactly("step-000000000020", "step-000000000030", "step-000000000040");
    assertThat(checkpoints.newest().orElseThrow().state().step()).isEqualTo(40);
  }

  @Test
  void asManyAreKeptAsAskedFor() throws IOException {
    Checkpoints one = new Checkpoints(folder, ModelIdentity.of(graph, HYPERPARAMETERS), 1);
    one.save(graph, at(1));
    one.save(graph, at(2));

    assertThat(folder.names()).containsExactly("step-000000000002");
    assertThatThrownBy(() -> new Checkpoints(folder, ModelIdentity.of(graph, Map.of()), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("checkpoints to keep must be 1 or more, got 0");
  }

  @Test
  void aStepThatIsSavedAgainReplacesTheOneBefore() throws IOException {
    checkpoints.save(graph, at(5));
    SmallGraphs.fit(graph, 1);
    checkpoints.save(graph, at(5));

    assertThat(checkpoints.newest().orElseThrow().network().params().toFloatVector())
        .isEqualTo(graph.params().toFloatVector());
    assertThat(place).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void theOneBeforeADamagedNetworkIsTaken() throws IOException {
    checkpoints.save(graph, at(1));
    checkpoints.save(graph, at(2));
    Path network = place.resolve("step-000000000002/network.zip");
    byte[] bytes = Files.readAllBytes(network);

    for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
      Files.write(network, Arrays.copyOf(bytes, length));

      assertThat(checkpoints.newest().orElseThrow().state().step())
          .as("%d bytes", length)
          .isEqualTo(1);
    }
    Files.delete(network);
    assertThat(checkpoints.newest().orElseThrow().state().step()).isEqualTo(1);
  }

  @Test
  void theOneBeforeADamagedStateIsTaken() throws IOException {
    checkpoints.save(graph, at(1));
    checkpoints.save(graph, at(2));
    Path state = place.resolve("step-000000000002/state.json");
    byte[] bytes = Files.readAllBytes(state);

    for (int length = 0; length < bytes.length - 2; length += 7) {
      Files.write(state, Arrays.copyOf(bytes, length));

      assertThat(checkpoints.newest().orElseThrow().state().step())
          .as("%d bytes", length)
          .isEqualTo(1);
    }
    Files.delete(state);
    assertThat(checkpoints.newest().orElseThrow().state().step()).isEqualTo(1);
  }

  @Test
  void onAnObjectStoreACheckpointIsWholeOrAbsentWheneverItsProcessIsKilled() throws IOException {
    String bucket = "checkpoints-test";
    for (int changes = 0; ; changes++) {
      ObjectsInMemory.clear(bucket);
      Checkpoints kept = onObjectStore(bucket);
      kept.save(graph, at(1));
      kept.save(graph, at(2));

      ObjectsInMemory.cutAfter(bucket, changes);
      try {
        kept.save(graph, at(9));
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("the process is gone");
      }
      boolean cut = ObjectsInMemory.uncut(bucket);

      assertThat(onObjectStore(bucket).newest().orElseThrow().state().step()).isIn(2L, 9L);
      onObjectStore(bucket).save(graph, at(3));
      assertThat(ObjectsInMemory.objects(bucket))
          .as("what goes on from step 2 stays, whatever was left of step 9")
          .contains("/run/step-000000000003/state.json");
      if (!cut) {
        return;
      }
    }
  }

  @Test
  void onAnObjectStoreTheFirstCheckpointOfAKilledRunIsNone() throws IOException {
    String bucket = "first-checkpoint-test";
    ObjectsInMemory.clear(bucket);
    ObjectsInMemory.cutAfter(bucket, 1);
    assertThatThrownBy(() -> onObjectStore(bucket).save(graph, at(1)))
        .hasMessageContaining("the process is gone");
    ObjectsInMemory.uncut(bucket);

    assertThat(ObjectsInMemory.objects(bucket))
        .containsExactly("/run/step-000000000001/network.zip");
    assertThat(onObjectStore(bucket).newest()).isEmpty();
  }

  private Checkpoints onObjectStore(String bucket) {
    return new Checkpoints(
        Storage.of(ObjectsInMemory.configuration()).folder("s3a://" + bucket + "/run"),
        ModelIdentity.of(graph, HYPERPARAMETERS),
        1);
  }

  @Test
  void whatACrashLeftWhileSavingIsNoCheckpoint() throws IOException {
    checkpoints.save(graph, at(1));
    Path half = Files.createDirectory(place.resolve(".step-000000000002.tmp"));
    Files.writeString(half.resolve("network.zip"), "hal");

    assertThat(checkpoints.newest().orElseThrow().state().step()).isEqualTo(1);
    checkpoints.save(graph, at(2));
    assertThat(checkpoints.newest().orElseThrow().state().step()).isEqualTo(2);
    assertThat(half).doesNotExist();
  }

  @Test
  void whereNoneIsWholeTrainingDoesNotSilentlyStartAgain() throws IOException {
    checkpoints.save(graph, at(1));
    Files.delete(place.resolve("step-000000000001/state.json"));

    assertThatThrownBy(checkpoints::newest)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%s holds 1 checkpoints and none is whole; delete it to start again".formatted(place));
  }

  @Test
  void checkpointsOfAnotherTrainingAreAnErrorThatSaysWhatDiffers() throws IOException {
    checkpoints.save(graph, at(1));
    ModelIdentity other =
        ModelIdentity.of(SmallGraphs.dense(5), Map.of("loss", "mse_loss", "seed", "2"));

    assertThatThrownBy(() -> new Checkpoints(folder, other).newest())
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%1$s holds checkpoints of another training: loss is softmax_loss there and mse_loss"
                    .formatted(place)
                + " here; seed is not set there and 2 here; train_batch_size is 32 there and not"
                + " set here; layer 'hidden' differs; layer 'out' differs; use another model_dir,"
                + " or delete %1$s to start again".formatted(place));
  }

  @Test
  void trainingAndItsLearningRateDoNotChangeTheIdentity() {
    ModelIdentity before = ModelIdentity.of(graph, HYPERPARAMETERS);

    SmallGraphs.fit(graph, 2);
    graph.setLearningRate(0.5);

    assertThat(before.differences(ModelIdentity.of(graph, HYPERPARAMETERS))).isEmpty();
    assertThat(ModelIdentity.of(graph, HYPERPARAMETERS)).isEqualTo(before);
  }

  @Test
  void clearedCheckpointsAreGone() throws IOException {
    checkpoints.save(graph, at(1));
    checkpoints.clear();

    assertThat(folder.names()).isEmpty();
  }

  @Test
  void aDiskThatIsFullLeavesTheCheckpointsBefore() throws IOException {
    checkpoints.save(graph, at(1));
    // A file where the folder of the new checkpoint is to be.
    Files.writeString(place.resolve(".blocked"), "");
    Folder blocked = Storage.ofClassPath().folder(place.resolve(".blocked").toString());

    assertThatThrownBy(
            () ->
                new Checkpoints(blocked, ModelIdentity.of(graph, HYPERPARAMETERS))
                    .save(graph, at(2)))
        .isInstanceOf(IOException.class);
    assertThat(checkpoints.newest().orElseThrow().state().step()).isEqualTo(1);
  }

  @Test
  void aLossThatIsSaidInAnotherWayIsTheSame() {
    ModelIdentity name = ModelIdentity.of(graph, Map.of("loss", "approx_ndcg_loss"));
    ModelIdentity options =
        ModelIdentity.of(graph, Map.of("loss", "{name = approx_ndcg_loss, temperature = 0.1}"));
    ModelIdentity other =
        ModelIdentity.of(graph, Map.of("loss", "{name = approx_ndcg_loss, temperature = 0.2}"));

    assertThat(name.differences(options)).isEmpty();
    assertThat(name.differences(other))
        .containsExactly(
            "loss is {name = approx_ndcg_loss, temperature = 0.2} there and approx_ndcg_loss here");
  }

  @Test
  void impossibleStatesAreRefused() {
    assertThatThrownBy(() -> new CheckpointState(-1, 0, 0, 0, 1, new TreeMap<>()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epoch, step and step of the epoch must be 0 or more, got -1, 0, 0");
    assertThatThrownBy(() -> new CheckpointState(0, 0, 0, 0, Double.NaN, new TreeMap<>()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the factor of the learning rate must be above 0 and finite, got NaN");
  }

  private static CheckpointState at(long step) {
    return new CheckpointState(0, step, step, 42, 1, new TreeMap<>());
  }
}
