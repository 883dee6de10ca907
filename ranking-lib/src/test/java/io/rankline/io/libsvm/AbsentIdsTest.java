package io.rankline.io.libsvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.MissingFeatures;
import io.rankline.io.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbsentIdsTest {

  private final Storage storage = Storage.ofClassPath();

  @TempDir Path folder;

  @Test
  void anIdThatStandsInOneLineOfOneFileIsThere() throws IOException {
    write("a.txt", "2 qid:1 1:1\n0 qid:1 1:2\n");
    write("b.txt", "1 qid:2 7:3\n");

    assertThat(find(LibSvmLayout.USUAL, 1, 7)).isEqualTo(none());
  }

  @Test
  void oneThatStandsInNoneMayBeAColumnOfZerosThatNobodyWrote() throws IOException {
    write("a.txt", "2 qid:1 1:1\n# 3:4\n\n0 qid:1 1:2 # 3:4\n");

    MissingFeatures found = find(LibSvmLayout.USUAL, 1, 3);

    assertThat(found.certain()).isFalse();
    assertThat(found.sentences()).containsExactly("none of the 2 lines has the id of 'f3'");
  }

  @Test
  void thatNoneOfThemIsThereIsAMistake() throws IOException {
    write("a.txt", "2 qid:1 1:1\n0 qid:1 1:2\n");
    int[] others = IntStream.rangeClosed(2, 13).toArray();

    MissingFeatures found = find(LibSvmLayout.USUAL, others);

    assertThat(found.certain()).isTrue();
    assertThat(found.sentences())
        .containsExactly(
            "none of the 2 lines has the id of 'f2', 'f3', 'f4', 'f5', 'f6', 'f7', 'f8', 'f9',"
                + " 'f10', 'f11' and 2 more");
  }

  @Test
  void idsFromZeroAreThoseThatTheyAreReadAs() throws IOException {
    write("a.txt", "2 qid:1 0:1\n0 qid:1 1:2\n");

    assertThat(find(new LibSvmLayout(true, null), 1, 2)).isEqualTo(none());
  }

  @Test
  void withoutALineNothingIsSaid() throws IOException {
    write("a.txt", "# nothing\n");

    assertThat(find(LibSvmLayout.USUAL, 1)).isEqualTo(none());
  }

  private static MissingFeatures none() {
    return new MissingFeatures(List.of(), false);
  }

  private MissingFeatures find(LibSvmLayout layout, int... ids) throws IOException {
    SortedMap<String, FeatureSpec> features =
        IntStream.of(ids)
            .boxed()
            .collect(
                Collectors.toMap(
                    id -> "f" + id,
                    id -> FixedLenFeature.float32(1).withDefault(0f),
                    (one, other) -> one,
                    TreeMap::new));
    return AbsentIds.find(
        storage,
        storage.shards(folder.toString()),
        RecordSpec.of(Map.of(), features),
        layout,
        CorruptRecordPolicy.FAIL);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
