package io.rankline.spark.quality;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rankline.io.DatasetReader;
import io.rankline.io.FileFacts;
import io.rankline.io.Folder;
import io.rankline.io.RecordFiles;
import io.rankline.io.Storage;
import io.rankline.pipeline.hparams.DatasetHparams;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Files dealt into folds by the hash of the query, each fold a folder: one tests, the next one
 * validates, the others train. The bytes of a list stay as they are.
 *
 * @param folder of the folds
 * @param queries of each fold
 */
public record FoldFiles(Folder folder, List<Integer> queries) {

  /** One tests and one validates, and there must be one to train on. */
  public static final int FEWEST = 3;

  private static final String NAME = "folds";
  private static final String FACTS = "folds.json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public FoldFiles {
    queries = List.copyOf(queries);
  }

  /**
   * What is dealt.
   *
   * @param pattern files, by paths, folders or globs
   * @param data how they are read
   * @param queryFeature feature of the context of records that tells queries apart; null where each
   *     record is a query of its own
   * @param folds number of folds, {@link #FEWEST} or more
   * @param seed other seeds deal differently
   */
  public record Source(
      String pattern, DatasetHparams data, @Nullable String queryFeature, int folds, long seed) {

    public Source {
      if (folds < FEWEST) {
        throw new IllegalArgumentException(
            "folds must be %s or more, one to test, one to validate and one to train on, got %s"
                .formatted(FEWEST, folds));
      }
    }

    String text(FileFacts facts) {
      return "%s, %s, query %s, %s folds of seed %s"
          .formatted(
              facts.text(),
              data.datasetReader() == DatasetReader.LIBSVM ? "libsvm" : data.format().shortName(),
              queryFeature == null ? "as the files have it" : queryFeature,
              folds,
              seed);
    }
  }

  /**
   * The folds below a folder; made where they are missing.
   *
   * @throws IOException if the data cannot be read or the folder not written to, if the folder
   *     holds folds of other data, or if a fold would have no query
   */
  public static FoldFiles make(Folder parent, Source source) throws IOException {
    Storage storage = Storage.ofClassPath();
    String text = source.text(storage.facts(source.pattern()));
    Folder asked = parent.folder(NAME);
    if (RecordFiles.isPattern(asked.path())) {
      throw new IOException(
          "--output must be a path without , [ ] { } * ? and \\, which make it a pattern, got '%s'"
              .formatted(parent.path()));
    }
    Optional<Folder> found = asked.whole(FACTS);
    if (found.isEmpty()) {
      parent.replace(NAME, FACTS, made -> write(made, source, text));
    }
    Folder folder = found.orElse(asked);
    try (InputStream in = folder.open(FACTS)) {
      ObjectNode facts = (ObjectNode) MAPPER.readTree(in);
      String of = facts.path("source").asText();
      if (!of.equals(text)) {
        throw new IOException(
            "%s is of %s, and this is %s; name another folder with --output, or delete that one"
                .formatted(folder.path(), of, text));
      }
      List<Integer> queries = new ArrayList<>();
      facts.path("queries").forEach(count -> queries.add(count.asInt()));
      return new FoldFiles(folder, queries);
    }
  }

  private static void write(Folder folder, Source source, String text) throws IOException {
    int[] queries = new FoldWriter(folder, source).write();
    for (int fold = 0; fold < queries.length; fold++) {
      if (queries[fold] == 0) {
        throw new IOException(
            "fold %s of %s has no query, of %s in all; ask for fewer folds"
                .formatted(fold + 1, queries.length, Arrays.stream(queries).sum()));
      }
    }
    ObjectNode facts = MAPPER.createObjectNode().put("source", text);
    Arrays.stream(queries).forEach(facts.putArray("queries")::add);
    byte[] json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(facts);
    folder.write(FACTS, out -> out.write(json));
  }

  /** The name of the folder of a fold, from 0. */
  static String foldName(int fold) {
    return "fold-" + (fold + 1);
  }

  /** Number of folds. */
  public int count() {
    return queries.size();
  }

  /** The files that test where a fold is left out, from 0. */
  public String test(int fold) {
    return folder.folder(foldName(fold)).path();
  }

  /** The files that validate then. */
  public String valid(int fold) {
    return test((fold + 1) % count());
  }

  /** The files that train then. */
  public String train(int fold) {
    return IntStream.range(0, count())
        .filter(other -> other != fold && other != (fold + 1) % count())
        .mapToObj(this::test)
        .collect(Collectors.joining(","));
  }
}
