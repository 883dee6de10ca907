package io.rankline.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.feature.profile.InputProfile;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.model.RankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an export whose files are not as they were written. */
class SavedModelFilesTest {

  @TempDir Path disk;

  private Path model = Path.of("/");
  private Folder folder = Storage.ofClassPath().folder("/");

  @BeforeEach
  void save() throws IOException {
    model = disk.resolve("latest_model");
    folder = Storage.ofClassPath().folder(model.toString());
    SavedRankingModel.save(folder, ServedModels.export(ServedModels.univariate()));
  }

  @Test
  void aFolderWithoutModelIsToldFromOneWith() {
    assertThatThrownBy(() -> SavedRankingModel.load(disk.toString()))
        .isInstanceOf(SavedModelException.class)
        .hasMessage(
            "%s holds no exported model: there is no ranking_model.json; name a folder that was"
                    .formatted(disk)
                + " exported to, such as MODEL_DIR/export/latest_model");
  }

  @Test
  void aNewerFormatIsNamed() throws IOException {
    edit("\"format_version\" : 1", "\"format_version\" : 5");

    assertThatThrownBy(() -> SavedRankingModel.load(folder))
        .isInstanceOf(SavedModelException.class)
        .hasMessage(
            "%s/ranking_model.json: format_version is 5, and this Rankline reads up to 4; load it"
                    .formatted(model)
                + " with the Rankline that wrote it, or a newer one");
  }

  @Test
  void anExportSaysWhatItsTrainingDataLooksLikeIfThatIsKnown() throws IOException {
    assertThat(SavedRankingModel.load(folder).profile()).isEmpty();
    InputProfile.Builder seen = new InputProfile.Builder(ServedModels.RECORDS.layout());
    ServedModels.lists(3, 4, 5).forEach(seen::add);

    SavedRankingModel.save(
        folder, ModelExport.builder(SavedRankingModel.load(folder)).profile(seen.build()).build());

    SavedRankingModel loaded = SavedRankingModel.load(folder);
    assertThat(loaded.profile()).contains(seen.build());
    assertThat(ModelExport.builder(loaded).build().profile()).isEqualTo(seen.build());
  }

  @Test
  void aDamagedProfileIsToldWithTheWayOut() throws IOException {
    Files.writeString(model.resolve("profile.json"), "{\"lists\": \"many\", \"sizes\": [1]}");

    assertThatThrownBy(() -> SavedRankingModel.load(folder))
        .isInstanceOf(SavedModelException.class)
        .hasMessage(
            "%s/profile.json: 1: lists must be a whole number, got \"many\"; the export is damaged:"
                    .formatted(model)
                + " copy it again, or delete the file, which scores do not need");
  }

  @Test
  void aFileWithoutFormatVersionIsNoModel() throws IOException {
    edit("\"format_version\" : 1", "\"format\" : 1");

    assertThatThrownBy(() -> SavedRankingModel.load(folder))
        .isInstanceOf(SavedModelException.class)
        .hasMessage(
            "%s/ranking_model.json: format_version must be a whole number from 1, got none; this is"
                    .formatted(model)
                + " no exported model");
  }

  @Test
  void aModelThatReadsAFeatureWhichItsRecordsLackIsDamaged() throws IOException {
    Path file = model.resolve("ranking_model.json");
    String text = Files.readString(file);
    int records = text.lastIndexOf("\"vector\"");
    Files.writeString(
        file, text.substring(0, records) + "\"vektor\"" + text.substring(records + 8));

    assertThatThrownBy(() -> SavedRankingModel.load(folder))
        .isInstanceOf(SavedModelException.class)
        .hasMessageStartingWith(model + "/ranking_model.json: is damaged: the model reads the ")
        .hasMessageContaining("example feature 'vector', which the records have not; did you mean")
        .hasMessageEndingWith("; copy it again, or export the model again");
  }

  @Test
  void textThatIsCutShortIsDamaged() throws IOException {
    Path file = model.resolve("ranking_model.json");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> SavedRankingModel.load(folder))
        .isInstanceOf(SavedModelException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageEndingWith("; the export is damaged, export the model again");
  }

  @Test
  void everyFaultOfTheTextIsToldWithItsLine() throws IOException {
    edit("\"pooling\" : \"mean\"", "\"pooling\" : \"median\"");
    edit("\"scope\" : \"item\"", "\"scope\" : \"all\"");

    assertThatThrownBy(() -> SavedRankingModel.load(folder))
        .isInstanceOf(SavedModelException.class)
        .hasMessageContaining("unknown pooling 'median'; expected one of mean, sum, max")
        .hasMessageContaining("scope must be item or list, got all")
        .hasMessageMatching("(?s).*ranking_model.json: \\d+: .*");
  }

  @Test
  void aNetworkThatIsGoneIsNamed() throws IOException {
    Files.delete(model.resolve("network.zip"));

    assertThatThrownBy(() -> SavedRankingModel.load(folder))
        .isInstanceOf(SavedModelException.class)
        .hasMessage(
            "%s/network.zip is missing; copy the whole folder, or export the model again"
                .formatted(model));
  }

  @Test
  void aNetworkWithOneOtherByteIsDamaged() throws IOException {
    Path file = model.resolve("network.zip");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> SavedRankingModel.load(folder))
        .isInstanceOf(SavedModelException.class)
        .hasMessageMatching(
            file
                + ": is damaged: its SHA-256 must be [0-9a-f]{64}, got [0-9a-f]{64}; copy it again,"
                + " or export the model again");
  }

  @Test
  void aVocabularyThatIsGoneIsNamed() throws IOException {
    Files.delete(model.resolve("assets/words.txt"));

    assertThatThrownBy(() -> SavedRankingModel.load(folder))
        .isInstanceOf(SavedModelException.class)
        .hasMessageContaining("vocabulary: %s/assets/words.txt is missing".formatted(model))
        .hasMessageEndingWith("; the export is damaged, export the model again");
  }

  @Test
  void anExportReplacesTheOneBeforeAsAWhole() throws IOException {
    Files.writeString(model.resolve("left_over"), "of the model before");
    RankingModel other = ServedModels.trained(ServedModels.univariate());

    SavedRankingModel.save(folder, ServedModels.export(other));

    assertThat(folder.names()).containsExactly("assets", "network.zip", "ranking_model.json");
    assertThat(SavedRankingModel.load(folder).model().graph().params().toFloatVector())
        .isEqualTo(other.graph().params().toFloatVector());
    assertThat(disk).isDirectoryNotContaining("glob:.*");
  }

  @Test
  void aCrashWhileExportingLeavesTheModelBefore() throws IOException {
    Path half = Files.createDirectory(disk.resolve(".latest_model.tmp"));
    Files.writeString(half.resolve("network.zip"), "hal");

    SavedRankingModel.load(folder);
    SavedRankingModel.save(folder, ServedModels.export(ServedModels.univariate()));

    assertThat(half).doesNotExist();
    SavedRankingModel.load(folder);
  }

  @Test
  void aCrashBetweenTheOldFolderAndTheNewOneLosesNothing() throws IOException {
    Files.move(model, disk.resolve(".latest_model.old"));

    assertThat(SavedRankingModel.load(folder).name()).isEqualTo("shop");
    SavedRankingModel.save(folder, ServedModels.export(ServedModels.univariate()));

    assertThat(SavedRankingModel.load(folder).name()).isEqualTo("shop");
    assertThat(disk).isDirectoryNotContaining("glob:**/.latest_model.*");
  }

  private void edit(String from, String to) throws IOException {
    Path file = model.resolve("ranking_model.json");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }
}
