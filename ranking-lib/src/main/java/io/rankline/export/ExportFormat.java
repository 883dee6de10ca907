package io.rankline.export;

import io.rankline.export.engine.EngineFormat;
import io.rankline.export.onnx.OnnxFormat;
import io.rankline.export.solr.SolrFormat;
import io.rankline.export.tensorflow.TensorflowFormat;
import io.rankline.export.trees.TreesFormat;
import io.rankline.text.WireNames;
import java.util.List;
import java.util.Locale;

/** The engines that models are written for. */
public enum ExportFormat {
  /** ONNX Runtime and what scores with it: {@code model.onnx}. */
  ONNX,
  /** A SavedModel, for TensorFlow Serving. */
  TENSORFLOW,
  /** For Solr's learning-to-rank module. */
  SOLR,
  /** XGBoost's trees, which Elasticsearch, OpenSearch, Vespa and Solr score too. */
  TREES;

  /** The name in commands: that of the constant in lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names. */
  public static List<String> wireNames() {
    return WireNames.names(ExportFormat.class, ExportFormat::wireName);
  }

  /**
   * The format of that name.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static ExportFormat ofWireName(String name) {
    return WireNames.find(ExportFormat.class, "format", ExportFormat::wireName, name);
  }

  EngineFormat engine() {
    return switch (this) {
      case ONNX -> new OnnxFormat();
      case TENSORFLOW -> new TensorflowFormat();
      case SOLR -> new SolrFormat();
      case TREES -> new TreesFormat(TreesFormat.DEFAULT_LEAVES);
    };
  }
}
