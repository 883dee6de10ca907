package io.rankline.export.tensorflow;

import static io.rankline.export.tensorflow.proto.DataType.DT_INT64;
import static io.rankline.export.tensorflow.proto.DataType.DT_STRING;

import io.rankline.feature.token.TokenIndex;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Vocabularies as hash tables, which a loader fills before the first request. A mask token stands
 * in its table without an id.
 */
final class VocabularyTables {

  /** What a token is found as that a table has not, where that is looked at. */
  static final long UNKNOWN = -2;

  private final GraphBuilder graph;
  private final Map<Key, String> tables = new HashMap<>();
  private final List<String> imports = new ArrayList<>();

  /** Features with another mask token have another table. */
  private record Key(Vocabulary vocabulary, int maskId) {}

  VocabularyTables(GraphBuilder graph) {
    this.graph = graph;
  }

  /** The ids of texts, {@code unknown} where there is none. */
  String find(VocabularyIndex index, String texts, long unknown) {
    String table = tables.computeIfAbsent(new Key(index.vocabulary(), index.maskId()), this::write);
    return graph
        .op("LookupTableFindV2", table, texts, graph.scalar(unknown))
        .type("Tin", DT_STRING)
        .type("Tout", DT_INT64)
        .add();
  }

  /** Adds the operation that fills all tables; none where there is no table. */
  Optional<String> initialization() {
    return imports.isEmpty()
        ? Optional.empty()
        : Optional.of(graph.op("NoOp", imports.stream().map(name -> "^" + name).toList()).add());
  }

  private String write(Key key) {
    List<String> tokens = key.vocabulary().tokens();
    long[] ids = new long[tokens.size()];
    for (int id = 0; id < ids.length; id++) {
      ids[id] = id == key.maskId() ? TokenIndex.NONE : id;
    }
    String table =
        graph
            .op("HashTableV2")
            .type("key_dtype", DT_STRING)
            .type("value_dtype", DT_INT64)
            .text("shared_name", sharedName(key))
            .add();
    imports.add(
        graph
            .op(
                "LookupTableImportV2",
                table,
                graph.texts(List.of(ids.length), tokens),
                graph.longs(ids))
            .type("Tin", DT_STRING)
            .type("Tout", DT_INT64)
            .add());
    return table;
  }

  /** Models in one process share tables of one name, so it says what the table holds. */
  private static String sharedName(Key key) {
    return "rankline/%s/%s/%x/%s"
        .formatted(
            key.vocabulary().name(),
            key.vocabulary().size(),
            key.vocabulary().hashCode(),
            key.maskId());
  }
}
