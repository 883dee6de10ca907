package io.rankline.io.libsvm;

import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.io.UnreadableFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the files of LibSVM that have queries in common, by reading the query of each line. Files
 * of their own queries stay apart, so that they can be read one by one.
 */
public final class SharedQueries {

  private static final Logger log = LoggerFactory.getLogger(SharedQueries.class);

  private final List<Shard> files;

  /** The first file of each query. */
  private final Map<Long, Integer> firsts = new HashMap<>();

  /** For each file an earlier one that it is read with, or itself. */
  private final int[] with;

  private final Set<Long> shared = new HashSet<>();
  private String example = "";

  private SharedQueries(List<Shard> files) {
    this.files = files;
    this.with = IntStream.range(0, files.size()).toArray();
  }

  /**
   * The files, those with common queries as one. Says how many queries are joined.
   *
   * @param name of the data, for messages
   * @throws IOException if a file cannot be read
   */
  public static List<Shard> joined(Storage storage, List<Shard> files, String name)
      throws IOException {
    if (files.size() < 2) {
      return files;
    }
    SharedQueries queries = new SharedQueries(files);
    List<Set<Long>> found = queriesOf(storage, files);
    for (int file = 0; file < files.size(); file++) {
      queries.add(file, found.get(file));
    }
    if (queries.shared.isEmpty()) {
      return files;
    }
    log.warn(
        "'{}': {} of {} queries have items in several files, as {}; they are joined, and"
            + " queries_across_files = apart makes a list of each file's items",
        name,
        queries.shared.size(),
        queries.firsts.size(),
        queries.example);
    return queries.grouped();
  }

  private static List<Set<Long>> queriesOf(Storage storage, List<Shard> files) throws IOException {
    try {
      return files.parallelStream()
          .map(
              file -> {
                try {
                  return queriesOf(storage, file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Set<Long> queriesOf(Storage storage, Shard file) throws IOException {
    Set<Long> queries = new HashSet<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(storage.open(file), StandardCharsets.ISO_8859_1), 1 << 16)) {
      String line;
      while ((line = lines.readLine()) != null) {
        long query = LibSvmItem.queryOf(line);
        if (query >= 0) {
          queries.add(query);
        }
      }
    } catch (UnreadableFileException e) {
      return queries; // whoever reads the items says so
    }
    return queries;
  }

  private void add(int file, Set<Long> queries) {
    for (Long query : queries) {
      Integer first = firsts.putIfAbsent(query, file);
      if (first != null) {
        if (shared.add(query) && shared.size() == 1) {
          example = "query %s in %s and %s".formatted(query, path(first), path(file));
        }
        int one = root(first);
        int other = root(file);
        with[Math.max(one, other)] = Math.min(one, other);
      }
    }
  }

  private String path(int file) {
    return files.get(file).path();
  }

  private int root(int file) {
    int root = file;
    while (with[root] != root) {
      root = with[root];
    }
    return root;
  }

  private List<Shard> grouped() {
    SortedMap<Integer, List<Shard>> groups = new TreeMap<>();
    for (int file = 0; file < files.size(); file++) {
      groups.computeIfAbsent(root(file), r -> new ArrayList<>()).add(files.get(file));
    }
    return groups.values().stream()
        .map(
            group ->
                new Shard(
                    group.get(0).path(),
                    group.stream().mapToLong(Shard::bytes).sum(),
                    group.stream().skip(1).map(Shard::path).toList()))
        .toList();
  }
}
