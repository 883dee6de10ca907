package io.rankline.export.solr;

import com.typesafe.config.ConfigUtil;
import io.rankline.text.Hocon;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models of Solr's model store as text. */
public final class SolrModelText {

  static final String PACKAGE = "org.apache.solr.ltr.model.";
  static final String NETWORK = PACKAGE + "NeuralNetworkModel";

  private SolrModelText() {}

  /** A name that can stand in a query without quotes: of a model, and of its feature store. */
  public static String nameOf(String model) {
    String name = model.replaceAll("[^A-Za-z0-9_.-]", "_");
    return name.isEmpty() ? "ranker" : name;
  }

  /** A model that is read from a file of the config set. */
  public static String wrapper(String name, String resource) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("class", PACKAGE + "DefaultWrapperModel");
    fields.put("name", name);
    fields.put("store", name);
    fields.put("params", Map.of("resource", resource));
    return Hocon.renderFormatted(fields);
  }

  /** What all models begin with: a JSON object that is still open. */
  public static void head(String className, String name, List<SolrFeature> features, Writer out)
      throws IOException {
    out.write("{\"class\":" + ConfigUtil.quoteString(className));
    out.write(",\n\"name\":" + ConfigUtil.quoteString(name));
    out.write(",\n\"store\":" + ConfigUtil.quoteString(name));
    out.write(",\n\"features\":[");
    String separator = "\n";
    for (SolrFeature feature : features) {
      out.write(separator + "{\"name\":" + ConfigUtil.quoteString(feature.name()) + "}");
      separator = ",\n";
    }
    out.write("],\n\"params\":");
  }

  /** Writes a network. */
  static void write(
      String name, List<SolrFeature> features, List<SolrLayer> layers, OutputStream to)
      throws IOException {
    Writer out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
    head(NETWORK, name, features, out);
    out.write("{\"layers\":[");
    String separator = "\n";
    for (SolrLayer layer : layers) {
      out.write(separator + "{\"matrix\":[");
      separator = "\n";
      for (float[] row : layer.matrix()) {
        out.write(separator);
        write(row, out);
        separator = ",\n";
      }
      out.write("],\n\"bias\":");
      write(layer.bias(), out);
      out.write(",\n\"activation\":" + ConfigUtil.quoteString(layer.activation()) + "}");
    }
    out.write("]}}\n");
    out.flush();
  }

  /** Numbers with a point or an exponent, since Solr takes others for no weights. */
  private static void write(float[] values, Writer out) throws IOException {
    out.write('[');
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(Float.toString(values[i]));
    }
    out.write(']');
  }
}
