package io.rankline.spark.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.io.DatasetReader;
import io.rankline.io.Storage;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.text.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldFilesTest {

  @TempDir Path folder;

  @Test
  void allLinesOfAQueryAreInOneFoldAsTheyWereWritten() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int item = 0; item < 60; item++) {
      lines.add("%s qid:%s 1:0.50 3:%s # doc %s é".formatted(item % 3, item % 20, item, item));
    }
    Files.write(folder.resolve("a.txt"), lines.subList(0, 30));
    Files.write(folder.resolve("b.txt"), lines.subList(30, 60));

    FoldFiles folds = make(folder + "/*.txt", null);

    assertThat(folds.queries().stream().mapToInt(Integer::intValue).sum()).isEqualTo(20);
    List<String> found = new ArrayList<>();
    for (int fold = 0; fold < 3; fold++) {
      TreeSet<String> queries = new TreeSet<>();
      for (String line : linesOf(folds.test(fold))) {
        found.add(line);
        queries.add(line.split(" ", -1)[1]);
      }
      assertThat(queries).hasSize(folds.queries().get(fold));
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(lines);
  }

  @Test
  void eachFoldTestsOnceAndTheNextOneValidates() throws IOException {
    Files.write(folder.resolve("a.txt"), lines(20));

    FoldFiles folds = make(folder + "/a.txt", null);

    String at = folder + "/out/folds/fold-";
    assertThat(folds.test(2)).isEqualTo(at + 3);
    assertThat(folds.valid(2)).isEqualTo(at + 1);
    assertThat(folds.train(2)).isEqualTo(at + 2);
    assertThat(folds.train(0)).isEqualTo(at + 3);
  }

  @Test
  void queriesThatAreCountedBesideTheLinesAreWrittenIntoThem() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "1 1:5\n0 1:6 # x\n2\n");
    Files.writeString(folder.resolve("a.txt.query"), "2\n1\n");
    Files.writeString(folder.resolve("b.txt"), "1 1:7\n".repeat(12));
    Files.writeString(folder.resolve("b.txt.query"), "1\n".repeat(12));

    FoldFiles folds = make(folder + "/*.txt", "*.query");

    List<String> found = new ArrayList<>();
    for (int fold = 0; fold < 3; fold++) {
      found.addAll(linesOf(folds.test(fold)));
    }
    assertThat(found)
        .hasSize(15)
        .contains("1 qid:1 1:5", "0 qid:1 1:6 # x", "2 qid:2 ", "1 qid:3 1:7", "1 qid:14 1:7");
  }

  private static List<String> lines(int queries) {
    List<String> lines = new ArrayList<>();
    for (int query = 0; query < queries; query++) {
      lines.add("1 qid:%s 1:1".formatted(query));
    }
    return lines;
  }

  private static List<String> linesOf(String fold) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : List.of(Path.of(fold, "00000.txt"), Path.of(fold, "00001.txt"))) {
      if (Files.exists(file)) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  private FoldFiles make(String pattern, @Nullable String queryFile) throws IOException {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("trainInputPattern", pattern);
    values.put("validInputPattern", pattern);
    values.put("trainBatchSize", 1);
    values.put("validBatchSize", 1);
    values.put("datasetReader", DatasetReader.LIBSVM);
    values.put("queryFile", queryFile);
    DatasetHparams data = new Draft<>(DatasetHparams.class, values).build();
    return FoldFiles.make(
        Storage.ofClassPath().folder(folder + "/out"),
        new FoldFiles.Source(pattern, data, null, 3, 1));
  }
}
