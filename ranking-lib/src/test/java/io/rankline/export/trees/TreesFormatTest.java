package io.rankline.export.trees;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.export.EngineExport;
import io.rankline.export.ExportFormat;
import io.rankline.export.NumberModels;
import io.rankline.export.engine.EngineModel;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesFormatTest {

  private static final int LISTS = 200;

  @TempDir Path folder;

  @Test
  void aGamScoresWithinItsBound() throws IOException {
    EngineModel model = EngineModel.of(SavedRankingModel.of(NumberModels.all().get("gam")));

    EngineExport written = EngineExport.write(model, ExportFormat.TREES, target(), LISTS);

    assertThat(written.parity().holds()).isTrue();
  }

  private Folder target() {
    return Storage.ofClassPath().folder(folder.resolve("export").toString());
  }
}
