package io.rankline.export.solr;

import io.rankline.export.engine.EngineFiles;
import io.rankline.export.engine.EngineFormat;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.engine.UnsupportedModelException;
import io.rankline.io.Folder;
import io.rankline.model.ListScorer;
import io.rankline.model.input.EncodedFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A model as Solr's learning-to-rank module reads it: {@code features.json} for the feature store,
 * {@code model.json} for the model store.
 *
 * <p>Features of documents are numbers in fields of their names; those of the query come as {@code
 * efi}. Transforms are function queries, or go into the first layer, as batch norm does.
 */
public final class SolrFormat implements EngineFormat {

  static final String MODEL_FILE = "model.json";
  static final String WRAPPER_FILE = "wrapper.json";

  /** A weight is a line of 29 bytes in the one node of 1 MB in which ZooKeeper keeps all models. */
  private static final long MOST_WEIGHTS = 30_000;

  @Override
  public EngineFiles write(EngineModel model, Folder folder) throws IOException {
    List<String> reasons = Obstacles.of(model.description());
    DenseTower tower = DenseTower.of(model.layers(), reasons);
    if (!reasons.isEmpty()) {
      throw new UnsupportedModelException("Solr", reasons);
    }
    SolrInputs inputs = SolrInputs.of(model.description().inputs(), tower.inputs());
    List<SolrLayer> layers = new ArrayList<>();
    for (DenseTower.Dense dense : tower.layers()) {
      layers.add(rounded(layers.isEmpty() ? inputs.onFeatures(dense) : dense));
    }
    String name = SolrModelText.nameOf(model.description().name());
    write(folder, SolrFeature.FILE, SolrFeature.render(name, inputs.features()));
    folder.write(MODEL_FILE, out -> SolrModelText.write(name, inputs.features(), layers, out));
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "PUT %s to /solr/COLLECTION/schema/feature-store, then %s to .../schema/model-store"
            .formatted(SolrFeature.FILE, MODEL_FILE));
    remarks.add(query(name, model.description().inputs().context()));
    long weights = layers.stream().mapToLong(SolrLayer::size).sum();
    if (weights > MOST_WEIGHTS) {
      write(folder, WRAPPER_FILE, SolrModelText.wrapper(name, MODEL_FILE));
      remarks.add(
          String.format(
              Locale.ROOT,
              "%,d weights: SolrCloud loses models of a collection of more than some %,d in all;"
                  + " give %s to the config set, and PUT %s in its place",
              weights,
              MOST_WEIGHTS,
              MODEL_FILE,
              WRAPPER_FILE));
    }
    return new EngineFiles(EngineFiles.ROUNDING, remarks);
  }

  @Override
  public ListScorer read(EngineModel model, Folder folder) throws IOException {
    return SolrScorer.read(model, folder);
  }

  private static String query(String name, List<EncodedFeature> context) {
    StringBuilder efi = new StringBuilder();
    context.forEach(feature -> efi.append(" efi.").append(feature.name()).append("=..."));
    return "query with rq={!ltr model=%s reRankDocs=100%s}".formatted(name, efi);
  }

  private static SolrLayer rounded(DenseTower.Dense dense) {
    float[][] matrix = new float[dense.weights().length][];
    for (int j = 0; j < matrix.length; j++) {
      matrix[j] = rounded(dense.weights()[j]);
    }
    return new SolrLayer(matrix, rounded(dense.bias()), dense.activation());
  }

  private static float[] rounded(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  private static void write(Folder folder, String file, String text) throws IOException {
    folder.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
