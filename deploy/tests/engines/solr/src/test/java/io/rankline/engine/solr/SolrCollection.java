package io.rankline.engine.solr;

import io.rankline.data.RankingList;
import io.rankline.export.engine.EngineModel;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.transform.NumberColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.client.solrj.request.RequestWriter.StringPayloadContentWriter;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.core.CoreContainer;

/** A collection of a Solr in this JVM, with its index in memory. */
final class SolrCollection implements AutoCloseable {

  private static final String CORE = "items";

  private final Path conf;
  private final CoreContainer container;
  private final EmbeddedSolrServer solr;

  /** Starts Solr in an empty folder. */
  SolrCollection(Path home) throws IOException {
    conf = home.resolve(CORE).resolve("conf");
    Files.createDirectories(conf);
    Files.writeString(home.resolve("solr.xml"), "<solr/>");
    Files.writeString(home.resolve(CORE).resolve("core.properties"), "name=" + CORE);
    for (String file : List.of("solrconfig.xml", "schema.xml")) {
      Files.copy(Path.of("src", "test", "resources", "solr", "conf", file), conf.resolve(file));
    }
    container = CoreContainer.createAndLoad(home);
    solr = new EmbeddedSolrServer(container, CORE);
  }

  /** Stores features or a model, as a file has them. */
  void put(String store, Path file) throws IOException, SolrServerException {
    GenericSolrRequest request =
        new GenericSolrRequest(METHOD.PUT, "/schema/" + store, new ModifiableSolrParams());
    request.setContentWriter(
        new StringPayloadContentWriter(Files.readString(file), "application/json"));
    solr.request(request);
  }

  /** Puts a file into the config set. */
  void configure(Path file) throws IOException {
    Files.copy(file, conf.resolve(file.getFileName()));
  }

  /** Starts the collection again, with what it has stored. */
  void reload() {
    container.reload(CORE);
  }

  /**
   * Adds the items of some lists, each as a document with its features in fields. Every other one
   * lacks those that have their default.
   */
  void index(String name, EngineModel model, List<RankingList> lists)
      throws IOException, SolrServerException {
    List<SolrInputDocument> documents = new ArrayList<>();
    Map<String, FeatureSpec> specs = model.description().inputs().inputs().examples();
    for (int q = 0; q < lists.size(); q++) {
      RankingList list = lists.get(q);
      int first = documents.size();
      for (int i = 0; i < list.size(); i++) {
        SolrInputDocument document = new SolrInputDocument();
        document.setField("id", "%s/%s/%s".formatted(name, q, i));
        document.setField("list", "%s/%s".formatted(name, q));
        documents.add(document);
      }
      int[] items = IntStream.range(0, list.size()).toArray();
      for (Map.Entry<String, FeatureSpec> spec : specs.entrySet()) {
        float[] values =
            NumberColumns.ofExamples(list.layout(), spec.getKey(), 1)
                .read(list.examples(), list.exampleColumns(), items);
        for (int i : items) {
          boolean isLeftOut =
              i % 2 == 0
                  && spec.getValue() instanceof FixedLenFeature fixed
                  && fixed.hasDefault()
                  && ((Number) fixed.defaultValues().get(0)).floatValue() == values[i];
          if (!Float.isNaN(values[i]) && !isLeftOut) {
            documents.get(first + i).setField(spec.getKey(), values[i]);
          }
        }
      }
    }
    solr.add(documents);
    solr.commit();
  }

  /**
   * Solr's scores of a list that was added.
   *
   * @param ltr the model in Solr
   */
  float[] scores(String ltr, String name, EngineModel model, int q, RankingList list)
      throws IOException, SolrServerException {
    StringBuilder efi = new StringBuilder();
    for (String parameter : model.description().inputs().inputs().context().keySet()) {
      float value =
          NumberColumns.ofContext(list.layout(), parameter, 1)
              .read(list.context(), list.contextColumns(), new int[] {0})[0];
      efi.append(" efi.").append(parameter).append('=').append(value);
    }
    SolrQuery query =
        new SolrQuery(
            "q",
            "*:*",
            "fq",
            "{!term f=list}%s/%s".formatted(name, q),
            "rq",
            "{!ltr model=%s reRankDocs=1000%s}".formatted(ltr, efi),
            "fl",
            "id,score",
            "rows",
            "1000");
    float[] scores = new float[list.size()];
    int found = 0;
    for (SolrDocument document : solr.query(query).getResults()) {
      String id = (String) document.getFieldValue("id");
      scores[Integer.parseInt(id.substring(id.lastIndexOf('/') + 1))] =
          (float) document.getFieldValue("score");
      found++;
    }
    if (found != list.size()) {
      throw new IllegalStateException("Solr found %s of %s items".formatted(found, list.size()));
    }
    return scores;
  }

  @Override
  public void close() throws IOException {
    solr.close();
    container.shutdown();
  }
}
