package io.rankline.export.solr;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.export.EngineExport;
import io.rankline.export.ExportFormat;
import io.rankline.export.NumberModels;
import io.rankline.export.engine.EngineModel;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SolrFormatTest {

  private static final int LISTS = 200;

  @TempDir Path folder;

  static Stream<Arguments> networks() {
    return NumberModels.all().entrySet().stream()
        .filter(kind -> kind.getKey().startsWith("dnn"))
        .map(kind -> Arguments.of(kind.getKey(), kind.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void aNetworkScoresAlikeWhenReadBack(String name, ModelExport export) throws IOException {
    EngineModel model = EngineModel.of(SavedRankingModel.of(export));

    EngineExport written = EngineExport.write(model, ExportFormat.SOLR, target(), LISTS);

    assertThat(written.parity().holds()).isTrue();
  }

  private Folder target() {
    return Storage.ofClassPath().folder(folder.resolve("export").toString());
  }
}
