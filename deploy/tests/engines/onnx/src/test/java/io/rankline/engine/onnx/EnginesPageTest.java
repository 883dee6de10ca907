package io.rankline.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.export.onnx.OnnxFormat;
import io.rankline.export.onnx.proto.GraphProto;
import io.rankline.export.onnx.proto.ModelProto;
import io.rankline.export.onnx.proto.TensorShapeProto.Dimension;
import io.rankline.export.onnx.proto.ValueInfoProto;
import io.rankline.feature.token.HashBuckets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/engines.md says of ONNX, against an exported file. */
class EnginesPageTest {

  private static final Path PAGE = Path.of("..", "..", "..", "..", "docs", "engines.md");

  @Test
  void tritonsConfigurationHasTheNamesTypesAndShapesOfTheFile() throws IOException {
    GraphProto graph = graph();
    List<String> expected = new ArrayList<>();
    graph.getInputList().forEach(input -> expected.add(tritons(input)));
    graph.getOutputList().forEach(output -> expected.add(tritons(output)));

    List<String> said =
        found("\\{ (name: \"\\w+\" data_type: \\w+ dims: \\[ [-0-9, ]+ \\]) \\}", "### Triton");

    assertThat(said).containsExactlyElementsOf(expected);
  }

  @Test
  void vespasProfileHasTheNamesAndShapesOfTheFile() throws IOException {
    GraphProto graph = graph();

    assertThat(found("input \"(\\w+)\": ", "### Vespa"))
        .containsExactlyElementsOf(
            graph.getInputList().stream().map(ValueInfoProto::getName).toList());
    assertThat(found("output \"(\\w+)\": ", "### Vespa"))
        .containsExactlyElementsOf(
            graph.getOutputList().stream().map(ValueInfoProto::getName).toList());
    assertThat(found("(tensor<float>\\(.*\\)):", "### Vespa"))
        .containsExactlyElementsOf(
            graph.getInputList().stream().map(EnginesPageTest::vespas).toList());
  }

  @Test
  void theHashOfAnExampleIsRight() throws IOException {
    byte[] token = "running shoes".getBytes(StandardCharsets.UTF_8);

    assertThat(found("`running shoes` of 1000 buckets is (\\d+)", "## ONNX"))
        .containsExactly(String.valueOf(new HashBuckets(1000).idOf(token, 0, token.length)));
  }

  private static List<String> found(String pattern, String heading) throws IOException {
    String section = Files.readString(PAGE);
    section = section.substring(section.indexOf(heading + "\n") + heading.length());
    int end = section.indexOf("\n" + heading.replaceAll("[^#]", "") + " ");
    Matcher matcher =
        Pattern.compile(pattern).matcher(end < 0 ? section : section.substring(0, end));
    return matcher.results().map(result -> result.group(1)).toList();
  }

  /** Without the lists, which are Triton's batch. */
  private static String tritons(ValueInfoProto value) {
    List<Dimension> shape = value.getType().getTensorType().getShape().getDimList();
    List<String> sizes =
        shape.stream()
            .skip(1)
            .map(size -> size.hasDimValue() ? String.valueOf(size.getDimValue()) : "-1")
            .toList();
    return "name: \"%s\" data_type: TYPE_FP32 dims: [ %s ]"
        .formatted(value.getName(), String.join(", ", sizes));
  }

  /** Of one list of one item. */
  private static String vespas(ValueInfoProto value) {
    List<Dimension> shape = value.getType().getTensorType().getShape().getDimList();
    List<String> sizes = new ArrayList<>();
    for (Dimension size : shape) {
      sizes.add("d%s[%s]".formatted(sizes.size(), size.hasDimValue() ? size.getDimValue() : 1));
    }
    return "tensor<float>(%s)".formatted(String.join(",", sizes));
  }

  private static GraphProto graph() throws IOException {
    try (InputStream file = ExportedKinds.export("dnn-context").open(OnnxFormat.MODEL_FILE)) {
      return ModelProto.parseFrom(file).getGraph();
    }
  }
}
