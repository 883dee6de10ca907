package io.rankline.export.tensorflow;

import static io.rankline.export.tensorflow.proto.DataType.DT_FLOAT;
import static io.rankline.export.tensorflow.proto.DataType.DT_INT64;

import io.rankline.feature.DType;
import io.rankline.feature.token.HashBuckets;
import io.rankline.feature.token.IdentityIndex;
import io.rankline.feature.token.Pooling;
import io.rankline.feature.token.TokenIndex;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.model.input.Embedding;
import java.util.List;

/** The embeddings of tokens, from text or integers to pooled rows of a table. */
final class TokenGraph {

  private final GraphBuilder graph;
  private final RowSteps rows;
  private final VocabularyTables vocabularies;

  TokenGraph(GraphBuilder graph, VocabularyTables vocabularies) {
    this.graph = graph;
    this.rows = new RowSteps(graph);
    this.vocabularies = vocabularies;
  }

  /**
   * Pooled embeddings, [R, width]; zeros for no token.
   *
   * @param table [rows, width], row by row
   */
  String pooled(Tokens tokens, Embedding embedding, float[] table, int width, Pooling pooling) {
    Ids ids = limited(known(tokens, embedding.index()), embedding.maxTokens());
    String matrix = graph.floats(List.of(table.length / width, width), table);
    String vectors = rows.gather(matrix, DT_FLOAT, ids.values());
    if (pooling == Pooling.SUM) {
      return rows.pooled("UnsortedSegmentSum", vectors, DT_FLOAT, ids.owners(), ids.rows());
    }
    String counts =
        rows.reshaped(
            rows.pooled(
                "UnsortedSegmentSum",
                rows.ones(ids.owners(), graph.scalar(1f), DT_FLOAT),
                DT_FLOAT,
                ids.owners(),
                ids.rows()),
            DT_FLOAT,
            -1,
            1);
    if (pooling == Pooling.MEAN) {
      return rows.binary(
          "RealDiv",
          rows.pooled("UnsortedSegmentSum", vectors, DT_FLOAT, ids.owners(), ids.rows()),
          rows.binary("Maximum", counts, graph.scalar(1f), DT_FLOAT),
          DT_FLOAT);
    }
    return graph
        .op(
            "SelectV2",
            rows.binary("Greater", counts, graph.scalar(0f), DT_FLOAT),
            rows.pooled("UnsortedSegmentMax", vectors, DT_FLOAT, ids.owners(), ids.rows()),
            graph.scalar(0f))
        .type("T", DT_FLOAT)
        .add();
  }

  /** Ids of tokens, int64 [K], the row that each belongs to, and the number of rows. */
  private record Ids(String values, String owners, String rows) {}

  /** The tokens that have an id. */
  private Ids known(Tokens tokens, TokenIndex index) {
    Ids all = new Ids(ids(tokens, index), tokens.owners(), tokens.rows());
    boolean hasOthers =
        (index instanceof IdentityIndex identity && identity.others() == IdentityIndex.Others.NONE)
            || (index instanceof VocabularyIndex vocabulary && !takesAll(vocabulary));
    return hasOthers
        ? chosen(all, rows.binary("GreaterEqual", all.values(), graph.scalar(0L), DT_INT64))
        : all;
  }

  private static boolean takesAll(VocabularyIndex vocabulary) {
    return vocabulary.maskId() == TokenIndex.NONE
        && (vocabulary.oovBuckets() > 0 || vocabulary.oovId() != TokenIndex.NONE);
  }

  /** The first so many of each row; 0 for all. Counted are tokens that have an id. */
  private Ids limited(Ids ids, int most) {
    if (most == 0) {
      return ids;
    }
    String counts =
        rows.pooled(
            "UnsortedSegmentSum",
            rows.ones(ids.owners(), graph.scalar(1L), DT_INT64),
            DT_INT64,
            ids.owners(),
            ids.rows());
    String starts =
        graph.op("Cumsum", counts, graph.scalar(0)).type("T", DT_INT64).truth("exclusive").add();
    String places =
        rows.binary(
            "Sub",
            rows.places(rows.size(ids.owners(), DT_INT64)),
            rows.gather(starts, DT_INT64, ids.owners()),
            DT_INT64);
    return chosen(ids, rows.binary("Less", places, graph.scalar((long) most), DT_INT64));
  }

  private Ids chosen(Ids ids, String truths) {
    String places = rows.placesOf(truths);
    return new Ids(
        rows.gather(ids.values(), DT_INT64, places),
        rows.gather(ids.owners(), DT_INT64, places),
        ids.rows());
  }

  /** An id each, below 0 for none. */
  private String ids(Tokens tokens, TokenIndex index) {
    if (index instanceof IdentityIndex identity) {
      return identity(tokens, identity);
    } else if (index instanceof HashBuckets buckets) {
      return bucket(text(tokens), buckets.size());
    } else if (index instanceof VocabularyIndex vocabulary) {
      return ofVocabulary(text(tokens), vocabulary);
    }
    throw new IllegalArgumentException(
        "an index %s has no form for TensorFlow".formatted(index.getClass().getSimpleName()));
  }

  private String identity(Tokens tokens, IdentityIndex identity) {
    String ids = tokens.values();
    String inside =
        graph
            .op(
                "LogicalAnd",
                rows.binary("GreaterEqual", ids, graph.scalar(0L), DT_INT64),
                rows.binary("Less", ids, graph.scalar((long) identity.size()), DT_INT64))
            .add();
    if (identity.others() == IdentityIndex.Others.ERROR) {
      return rows.required(
          ids,
          DT_INT64,
          inside,
          "feature %s: id must be from 0 to %s".formatted(tokens.feature(), identity.size() - 1));
    }
    return graph
        .op("SelectV2", inside, ids, graph.scalar((long) TokenIndex.NONE))
        .type("T", DT_INT64)
        .add();
  }

  private String ofVocabulary(String text, VocabularyIndex index) {
    if (index.oovBuckets() == 0) {
      return vocabularies.find(index, text, index.oovId());
    }
    String found = vocabularies.find(index, text, VocabularyTables.UNKNOWN);
    String beyond =
        rows.binary(
            "AddV2",
            bucket(text, index.oovBuckets()),
            graph.scalar((long) index.vocabulary().size()),
            DT_INT64);
    return graph
        .op(
            "SelectV2",
            rows.binary("Equal", found, graph.scalar(VocabularyTables.UNKNOWN), DT_INT64),
            beyond,
            found)
        .type("T", DT_INT64)
        .add();
  }

  private String bucket(String text, int buckets) {
    return graph.op("StringToHashBucketFast", text).number("num_buckets", buckets).add();
  }

  private String text(Tokens tokens) {
    return tokens.type() == DType.STRING
        ? tokens.values()
        : graph.op("AsString", tokens.values()).type("T", DT_INT64).add();
  }
}
