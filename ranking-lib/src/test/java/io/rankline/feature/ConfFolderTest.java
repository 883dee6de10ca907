package io.rankline.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfFolderTest {

  private static final Path CONF = Path.of("..", "conf");

  @Test
  void theMslrFeaturesAreAsManyAsTheDataSetHas() throws IOException {
    Path file = CONF.resolve("mslr_features.conf");

    RecordSpec spec = RecordSpecText.parse(Files.readString(file), file.toString());

    assertThat(spec.layout().exampleWidth()).isEqualTo(136);
    assertThat(spec.labels()).extracting(LabelSpec::name).containsExactly("utility");
  }
}
