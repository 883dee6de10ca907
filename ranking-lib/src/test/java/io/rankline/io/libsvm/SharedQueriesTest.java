package io.rankline.io.libsvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.testing.LoggedLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedQueriesTest {

  private final Storage storage = Storage.ofClassPath();

  @TempDir Path folder;

  @Test
  void filesThatShareQueriesAreReadAsOneWithAWord() throws IOException {
    write("a.txt", "2 qid:10 1:1\n0 qid:11 1:2\n");
    write("b.txt", "1 qid:12 1:3\n");
    write("c.txt", "1 qid:11 1:5\n0 qid:10 1:6\n0 qid:13 1:6\n");

    try (LoggedLines log = new LoggedLines("io.rankline.io.libsvm")) {
      List<Shard> files = files();
      List<Shard> joined = SharedQueries.joined(storage, files, "train/*");

      assertThat(joined)
          .extracting(Shard::paths)
          .containsExactly(
              List.of(files.get(0).path(), files.get(2).path()), List.of(files.get(1).path()));
      assertThat(log.messages())
          .containsExactly(
              "'train/*': 2 of 4 queries have items in several files, as query 10 in %s and %s; they"
                      .formatted(files.get(0).path(), files.get(2).path())
                  + " are joined, and queries_across_files = apart makes a list of each file's"
                  + " items");
    }
  }

  @Test
  void filesOfTheirOwnQueriesStayApartWithoutAWord() throws IOException {
    write("a.txt", "2 qid:10 1:1\n");
    write("b.txt", "1 qid:12 1:3\n");

    try (LoggedLines log = new LoggedLines("io.rankline.io.libsvm")) {
      List<Shard> files = files();

      assertThat(SharedQueries.joined(storage, files, "train/*")).isEqualTo(files);
      assertThat(log.messages()).isEmpty();
    }
  }

  private List<Shard> files() throws IOException {
    return storage.shards(folder.toString());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
