package io.rankline.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.server.json.Json.JsonArray;
import io.rankline.server.json.Json.JsonNumber;
import io.rankline.server.json.Json.JsonObject;
import io.rankline.server.json.JsonException;
import io.rankline.server.json.JsonParser;
import io.rankline.server.model.ModelSettings;
import io.rankline.server.model.VersionPolicy;
import io.rankline.server.testing.ShopModel;
import io.rankline.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * TensorFlow Serving's wire forms, byte for byte. A score of the model is half the price and 1:
 * prices 5, 6, 9 give 3.5, 4.0, 5.5.
 */
class WireFormsTest {

  private static final String PREDICT = "\"signature_name\": \"tensorflow/serving/predict\"";
  private static final String SHOP = "/v1/models/shop";

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path base) {
    ShopModel.export(base.resolve("shop"), "1", 1);
    ShopModel.export(base.resolve("shop"), "002", 2);
    ShopModel.exportTwoTasks(base.resolve("tasks"), "7");
    ShopModel.exportGam(base.resolve("gam"), "1");
    ShopModel.exportEnsemble(base.resolve("both"), "1");
    server =
        TestServer.of(
            () ->
                List.of(
                    new ModelSettings(
                        "shop",
                        base.resolve("shop").toString(),
                        new VersionPolicy.All(),
                        Map.of("stable", 1L, "away", 9L)),
                    ModelSettings.latest("gam", base.resolve("gam").toString()),
                    ModelSettings.latest("both", base.resolve("both").toString()),
                    ModelSettings.latest("tasks", base.resolve("tasks").toString()),
                    ModelSettings.latest("empty", base.resolve("empty").toString())));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void assertAnswer(String path, String body, String answer) {
    HttpResponse<String> response = server.post(path, body);
    assertThat(response.body()).isEqualTo(answer);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  private static void assertFault(int status, String path, String body, String message) {
    HttpResponse<String> response = server.post(path, body);
    String escaped = message.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    assertThat(response.body()).isEqualTo("{\n    \"error\": \"" + escaped + "\"\n}");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  private static String predict(String rest) {
    return "{" + PREDICT + ", " + rest + "}";
  }

  @Test
  void aRowIsTheValueItself() {
    assertAnswer(
        SHOP + "/versions/1:predict",
        predict("\"instances\": [%s, %s]".formatted(ShopModel.b64(5, 6), ShopModel.b64(9, 6))),
        "{\n    \"predictions\": [[3.5, 4.0], [5.5, 4.0]\n    ]\n}");
  }

  @Test
  void aRowIsAnObjectOfInputs() {
    assertAnswer(
        SHOP + "/versions/1:predict",
        predict("\"instances\": [{\"inputs\": %s}]".formatted(ShopModel.b64(5, 6))),
        "{\n    \"predictions\": [[3.5, 4.0]\n    ]\n}");
  }

  @Test
  void shorterListsArePadded() {
    assertAnswer(
        SHOP + "/versions/1:predict",
        predict("\"instances\": [%s, %s]".formatted(ShopModel.b64(5, 6), ShopModel.b64(9))),
        "{\n    \"predictions\": [[3.5, 4.0], [5.5, -23.0258503]\n    ]\n}");
  }

  @Test
  void columnsHaveAValueALine() {
    String answer =
        """
        {
            "outputs": [
                [
                    3.5,
                    4.0
                ]
            ]
        }\
        """;
    assertAnswer(
        SHOP + "/versions/1:predict",
        predict("\"inputs\": [%s]".formatted(ShopModel.b64(5, 6))),
        answer);
    assertAnswer(
        SHOP + "/versions/1:predict",
        predict("\"inputs\": {\"inputs\": [%s]}".formatted(ShopModel.b64(5, 6))),
        answer);
    assertAnswer(
        SHOP + "/versions/1:predict", predict("\"inputs\": []"), "{\n    \"outputs\": []\n}");
  }

  @Test
  void severalOutputsAreAnObjectARow() {
    assertAnswer(
        "/v1/models/tasks:predict",
        predict("\"instances\": [%s, %s]".formatted(ShopModel.b64(5, 6), ShopModel.b64(9, 6))),
        """
        {
            "predictions": [
                {
                    "buy": [3.5, 4.0],
                    "click": [3.5, 4.0]
                },
                {
                    "buy": [5.5, 4.0],
                    "click": [5.5, 4.0]
                }
            ]
        }\
        """);
  }

  @Test
  void severalOutputsAreAnObjectOfColumns() {
    assertAnswer(
        "/v1/models/tasks:predict",
        predict("\"inputs\": [%s]".formatted(ShopModel.b64(5))),
        """
        {
            "outputs": {
                "buy": [
                    [
                        3.5
                    ]
                ],
                "click": [
                    [
                        3.5
                    ]
                ]
            }
        }\
        """);
  }

  @Test
  void regressHasAResultAnExample() {
    assertAnswer(
        SHOP + "/versions/1:regress",
        "{\"context\": {\"hour\": 1.5, \"price\": 1.0}, \"examples\":"
            + " [{\"price\": 5.0, \"clicks\": 7}, {\"price\": [6.0]}, {}]}",
        "{\n    \"results\": [3.5, 4.0, 1.5]\n}");
  }

  @Test
  void anEnsembleOfStandardisedScoresTakesListsAndNoItemsByThemselves() {
    assertAnswer(
        "/v1/models/both:rank",
        "{\"items\": [{\"price\": 5}, {\"price\": 7}]}",
        "{\n    \"scores\": [-1.0, 1.0],\n    \"order\": [1, 0]\n}");
    assertAnswer(
        "/v1/models/both:predict",
        "{\"instances\": [%s]}".formatted(ShopModel.b64(5, 7)),
        "{\n    \"predictions\": [[-1.0, 1.0]\n    ]\n}");
    assertFault(
        400,
        "/v1/models/both:regress",
        "{\"examples\": [{\"price\": 5.0}]}",
        "an ensemble of standardised scores says where an item stands in its list, and nothing of"
            + " an item by itself; send whole lists to predict, or make the ensemble with combine ="
            + " mean");
  }

  @Test
  void predictTakesTheRegressSignature() {
    byte[] elwc = ShopModel.elwc(5);
    byte[] example = Arrays.copyOfRange(elwc, 2, elwc.length);
    String b64 = Base64.getEncoder().withoutPadding().encodeToString(example);
    assertAnswer(
        SHOP + "/labels/stable:predict",
        "{\"instances\": [{\"b64\": \"%s\"}, {\"b64\": \"%s\"}]}".formatted(b64, b64),
        "{\n    \"predictions\": [3.5, 3.5\n    ]\n}");
  }

  @Test
  void versionsAndLabelsChooseAndTheHighestIsTheDefault() {
    String body = "{\"examples\": [{\"price\": 5.0}]}";
    assertAnswer(SHOP + ":regress", body, "{\n    \"results\": [4.5]\n}");
    assertAnswer(SHOP + "/versions/2:regress", body, "{\n    \"results\": [4.5]\n}");
    assertAnswer(SHOP + "/versions/0001:regress", body, "{\n    \"results\": [3.5]\n}");
    assertAnswer("/V1/Models/s%68op/Labels/stable:Regress", body, "{\n    \"results\": [3.5]\n}");
    String servable = "Servable not found for request: ";
    assertFault(404, SHOP + "/versions/9:regress", body, servable + "Specific(shop, 9)");
    assertFault(404, "/v1/models/a%20b:regress", body, servable + "Latest(a b)");
    assertFault(404, "/v1/models/empty:regress", body, servable + "Latest(empty)");
    for (String label : List.of("away", "x")) {
      assertFault(
          400,
          SHOP + "/labels/" + label + ":regress",
          body,
          "Unrecognized servable version label: " + label);
    }
    assertFault(
        400,
        SHOP + "/versions/99999999999999999999:regress",
        body,
        "Failed to convert version: 99999999999999999999 to numeric.");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET, /v1/models/shop:predict",
    "PUT, /v1/models/shop:predict",
    "DELETE, /v1/models/shop",
    "POST, /v1/models/shop",
    "POST, /v1/models/shop:sort",
    "POST, /v1/models/shop/versions/x:predict",
    "POST, /v1/models/shop/versions/1/labels/stable:predict",
    "GET, /v1/",
    "GET, /v1/models/shop/metadata/x",
  })
  void whatIsNoRequestIsMalformed(String method, String path) {
    HttpResponse<String> response = server.send(path, method, BodyPublishers.ofString("{}"));

    assertThat(response.body())
        .isEqualTo("{\n    \"error\": \"Malformed request: %s %s\"\n}".formatted(method, path));
    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void pathsElsewhereAreNotFoundInHtml() {
    HttpResponse<String> response = server.get("/models/shop");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(response.body()).doesNotContain("Jetty");
  }

  @Test
  void optionsAreForBrowsers() {
    HttpResponse<String> browser =
        server.send(SHOP, "OPTIONS", BodyPublishers.noBody(), "Origin", "https://shop.example");
    assertThat(browser.statusCode()).isEqualTo(200);
    assertThat(browser.body()).isEmpty();
    assertThat(browser.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");

    assertThat(server.send(SHOP, "OPTIONS", BodyPublishers.noBody()).statusCode()).isEqualTo(400);
  }

  @Test
  void packedBodiesAreUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"examples\": [{\"price\": 5.0}]}".getBytes(StandardCharsets.UTF_8));
    }
    HttpResponse<String> response =
        server.send(
            SHOP + ":regress",
            "POST",
            BodyPublishers.ofByteArray(packed.toByteArray()),
            "Content-Encoding",
            "gzip");
    assertThat(response.body()).isEqualTo("{\n    \"results\": [4.5]\n}");

    HttpResponse<String> plain =
        server.send(
            SHOP + ":regress", "POST", BodyPublishers.ofString("{}"), "Content-Encoding", "gzip");
    assertThat(plain.statusCode()).isEqualTo(400);
    assertThat(plain.body())
        .isEqualTo(
            "{\n    \"error\": \"the body is not the gzip that Content-Encoding says: Not in GZIP"
                + " format\"\n}");
  }

  @Test
  void statusTellsOfEveryVersion() {
    assertThat(server.get(SHOP).body())
        .isEqualTo(
            """
            {
             "model_version_status": [
              {
               "version": "2",
               "state": "AVAILABLE",
               "status": {
                "error_code": "OK",
                "error_message": ""
               }
              },
              {
               "version": "1",
               "state": "AVAILABLE",
               "status": {
                "error_code": "OK",
                "error_message": ""
               }
              }
             ]
            }
            """);
    assertThat(server.get(SHOP + "/labels/stable").body())
        .isEqualTo(server.get(SHOP + "/versions/1").body())
        .contains("\"version\": \"1\"")
        .doesNotContain("\"version\": \"2\"");
    for (String[] unknown :
        new String[][] {
          {"/v1/models/x", "Could not find any versions of model x"},
          {SHOP + "/versions/9", "Could not find version 9 of model shop"}
        }) {
      HttpResponse<String> response = server.get(unknown[0]);
      assertThat(response.body()).isEqualTo("{\n    \"error\": \"" + unknown[1] + "\"\n}");
      assertThat(response.statusCode()).isEqualTo(404);
    }
    assertThat(server.get("/v1/models").body())
        .isEqualTo("{\n    \"error\": \"Missing model name in request.\"\n}");
  }

  @Test
  void metadataTellsOfEverySignature() {
    String body = server.get("/v1/models/tasks/metadata").body();

    assertThat(body)
        .startsWith(
            """
            {
            "model_spec":{
             "name": "tasks",
             "signature_name": "",
             "version": "7"
            }
            ,
            "metadata": {"signature_def": {
             "signature_def": {
              "serving_default": {
               "inputs": {
                "inputs": {
                 "dtype": "DT_STRING",
                 "tensor_shape": {
                  "dim": [
                   {
                    "size": "-1",
                    "name": ""
                   }
                  ],
                  "unknown_rank": false
                 },
                 "name": "inputs:0"
                }
               },
               "outputs": {
                "buy": {
                 "dtype": "DT_FLOAT",
            """)
        .contains("  \"tensorflow/serving/predict\": {", "  \"tensorflow/serving/regress\": {")
        .endsWith(
            """
               "method_name": "tensorflow/serving/regress",
               "defaults": {}
              }
             }
            }
            }
            }
            """);
  }

  @Test
  void whatIsNoPredictRequestIsRefused() {
    String path = SHOP + "/versions/1:predict";
    String good = ShopModel.b64(5);
    String b64 = ShopModel.b64(5).replace("{", "{\n    ").replace("}", "\n}");
    assertFault(400, path, "", "JSON Parse error: The document is empty");
    assertFault(400, path, "[1, 2]", "JSON Value: [1, 2] Is not object");
    assertFault(400, path, "{}", "Missing 'inputs' or 'instances' key");
    assertFault(
        400,
        path,
        "{\"inputs\": 1, \"instances\": []}",
        "JSON Value: {\n    \"inputs\": 1,\n    \"instances\": []\n} Not formatted correctly"
            + " expecting only one of 'inputs' or 'instances' keys to exist ");
    assertFault(
        400,
        path,
        "{\"instances\": 5}",
        "JSON Value: {\n    \"instances\": 5\n} Expecting 'instances' to be an list/array");
    assertFault(
        400,
        path,
        "{\"instances\": []}",
        "JSON Value: {\n    \"instances\": []\n} No values in 'instances' array");
    assertFault(
        400,
        path,
        "{\"signature_name\": 5}",
        "JSON Value: {\n    \"signature_name\": 5\n} not formatted correctly. 'signature_name' key"
            + " must be a string value.");
    assertFault(
        400,
        path,
        "{\"signature_name\": \"x\", \"instances\": 5}",
        "Serving signature name: \"x\" not found in signature def");
    assertFault(
        400,
        path,
        predict("\"instances\": [%s, [%s]]".formatted(good, good)),
        "Failed to process element: 1 of 'instances' list. Error: INVALID_ARGUMENT: Expecting shape"
            + " [] but got: [1]");
    assertFault(
        400,
        path,
        predict("\"instances\": [[%s, %s], [%s]]".formatted(good, good, good)),
        "Failed to process element: 1 of 'instances' list. Error: INVALID_ARGUMENT: Expecting"
            + " tensor size: 2 but got: 1");
    assertFault(
        400,
        path,
        predict("\"instances\": [%s, {\"inputs\": %s}]".formatted(good, good)),
        "Expecting value/list but got object at item 1 of input list");
    assertFault(
        400,
        path,
        predict("\"instances\": [{\"inputs\": %s}, %s]".formatted(good, good)),
        "Expecting object but got list at item 1 of input list");
    assertFault(
        400,
        path,
        predict("\"instances\": [{\"inputs\": %s, \"x\": 1}]".formatted(good)),
        "Failed to process element: 0 key: x of 'instances' list. Error: INVALID_ARGUMENT: JSON"
            + " object: does not have named input: x");
    assertFault(
        400,
        path,
        predict("\"instances\": [{}]"),
        "Failed to process element: 0 of 'instances' list. JSON object: {} keys must be equal to:"
            + " inputs");
    assertFault(
        400,
        path,
        predict("\"inputs\": {\"x\": [%s]}".formatted(good)),
        "Missing named input: inputs in 'inputs' object.");
    String element = "Failed to process element: 0 of 'instances' list. Error: INVALID_ARGUMENT: ";
    assertFault(
        400,
        path,
        predict("\"instances\": [1.0]"),
        element + "JSON Value: 1.0 Type: Number is not of expected type: string");
    assertFault(
        400,
        path,
        predict("\"instances\": [null]"),
        element + "JSON Value: null Type: Null is not of expected type: string");
    assertFault(
        400,
        path,
        predict("\"instances\": [{\"b64\": \"a-_b\"}]"),
        element + "Unable to base64 decode");
    assertFault(
        400,
        path,
        predict("\"instances\": [[%s, [%s]]]".formatted(good, good)),
        element + "Encountered list at unexpected level: 1 expected < 1");
    assertFault(
        400,
        path,
        predict("\"instances\": [[[%s], %s]]".formatted(good, good)),
        element
            + "JSON Value: "
            + b64
            + " found at incorrect level: 2 in the JSON DOM. Expected at level: 2");
    assertFault(
        400,
        path,
        predict("\"instances\": [[[%s], []]]".formatted(good)),
        element + "Encountered list at unexpected size: 0 at level: 1 expected size: 1");
    assertFault(
        400,
        path,
        predict("\"instances\": [[%s]]".formatted(good)),
        "input 'inputs' must have shape [-1], a record a row, got shape [1,1]");
    assertFault(
        400,
        path,
        predict("\"inputs\": %s".formatted(good)),
        "input 'inputs' must have shape [-1], a record a row, got shape []");
  }

  @Test
  void recordsThatCannotBeReadAreNamed() {
    String path = SHOP + "/versions/1:predict";
    assertFault(
        400,
        path,
        predict("\"instances\": [%s, \"x\"]".formatted(ShopModel.b64(5))),
        "input 1: ends within a number (at byte 1 of the record)");
    assertFault(
        400,
        path,
        predict("\"instances\": [%s]".formatted(ShopModel.b64(Float.NaN))),
        "input 0: feature 'price' of item 0 is NaN");
  }

  @Test
  void whatIsNoRegressRequestIsRefused() {
    String path = SHOP + "/versions/1:regress";
    assertFault(
        400,
        path,
        "{}",
        "JSON Value: {} When method is classify, key 'examples' is expected and was not found");
    assertFault(
        400,
        path,
        "{\"examples\": 1}",
        "JSON Value: {\n    \"examples\": 1\n} Expecting 'examples' value to be an list/array");
    assertFault(
        400,
        path,
        "{\"examples\": []}",
        "JSON Value: {\n    \"examples\": []\n} 'examples' value is an empty array");
    assertFault(
        400, path, "{\"examples\": [1]}", "Example must be JSON object but got JSON Number");
    assertFault(
        400,
        path,
        "{\"examples\": [{\"price\": null}]}",
        "Feature: price has element with unexpected JSON type: Null");
    assertFault(
        400,
        path,
        "{\"examples\": [{\"price\": [[1]]}]}",
        "Feature: price has element with unexpected JSON type: Array");
    assertFault(
        400,
        path,
        "{\"examples\": [{\"price\": [1, 2.0]}]}",
        "Unexpected element type in feature: price expecting type: int64");
    assertFault(
        400,
        path,
        "{\"examples\": [{\"price\": 1.0}, {\"price\": 3}]}",
        "Name: <unknown>, Key: price, Index: 1.  Data types don't match. Data type: int64 but"
            + " expected type: float");
    assertFault(
        400,
        path,
        "{\"examples\": [{\"clicks\": 1}]}",
        "Name: <unknown>, Feature: price (data type: float) is required but could not be found.");
    assertFault(
        400,
        path,
        "{\"examples\": [{\"price\": [1.0, 2.0]}]}",
        "Name: <unknown>, Key: price, Index: 0.  Number of float values != expected.  values size:"
            + " 2 but output shape: [1]");
    assertFault(
        400,
        path,
        "{\"signature_name\": \"x\", \"examples\": [{\"price\": 1.0}]}",
        "No signature was found with the name: x");
    assertFault(
        400,
        "/v1/models/tasks:regress",
        "{\"examples\": [{\"price\": 1.0}]}",
        "Expected one output Tensor.");
    assertFault(
        400,
        SHOP + ":classify",
        "{\"examples\": [{\"price\": 1.0}]}",
        "Expected classification signature outputs to contain at least one of \"classes\" or"
            + " \"scores\". Signature was: serving_default with outputs outputs");
  }

  @Test
  void theFirstOfEqualKeysCountsAndWhatFollowsIsIgnored() {
    assertAnswer(
        SHOP + "/versions/1:regress",
        "\uFEFF {\"examples\": [{\"price\": 5e0}], \"examples\": 7} trailing",
        "{\n    \"results\": [3.5]\n}");
    assertFault(
        400,
        SHOP + "/versions/1:regress",
        "{\"examples\": [{\"price\": Inf}]}",
        "feature 'price' must be finite for the model, got Infinity in row 0");
  }

  @Test
  void aListOfFeaturesByNameIsRanked() {
    assertAnswer(
        SHOP + "/versions/1:rank",
        "{\"items\": [{\"price\": 5}, {\"price\": 9.0, \"clicks\": 2}, {\"price\": 6}]}",
        "{\n    \"scores\": [3.5, 5.5, 4.0],\n    \"order\": [1, 2, 0]\n}");
    assertAnswer(
        "/v1/models/tasks:rank",
        "{\"context\": {\"hour\": 8}, \"items\": [{\"price\": 5}]}",
        """
        {
            "scores": {
                "buy": [3.5],
                "click": [3.5]
            }
        }\
        """);
    assertAnswer(SHOP + ":rank", "{\"items\": []}", "{\n    \"scores\": [],\n    \"order\": []\n}");
    assertFault(
        400,
        SHOP + ":rank",
        "{\"item\": []}",
        "unknown key 'item'; a request has 'items' and perhaps 'context'");
    assertFault(
        400,
        SHOP + ":rank",
        "{\"items\": {}}",
        "'items' must be a list of objects with features by name, got {}");
    assertFault(
        400,
        SHOP + ":rank",
        "{\"items\": [{\"price\": 5}, {}]}",
        "feature 'price' of item 1 is missing and has no default");
    assertFault(
        400,
        SHOP + ":rank",
        "{\"items\": [{\"pric\": 5}]}",
        "item 0: unknown feature 'pric'; did you mean 'price'? Known: clicks, price");
    assertFault(
        400, SHOP + ":rank", "{\"items\": [{\"price\": NaN}]}", "feature 'price' of item 0 is NaN");
    assertFault(
        400,
        SHOP + ":rank",
        "{\"items\": [{\"price\": {\"a\": 1}}]}",
        "item 0: feature 'price' must be a number, a string or a list of them, got {\n"
            + "    \"a\": 1\n}");
  }

  @Test
  void aHundredThousandItemsAreScoredAndNotOneMore() {
    String item = "{\"price\": 5},";
    String all = item.repeat(99_999) + "{\"price\": 6}";
    HttpResponse<String> scored = server.post(SHOP + ":rank", "{\"items\": [" + all + "]}");
    assertThat(scored.statusCode()).isEqualTo(200);
    assertThat(scored.body()).startsWith("{\n    \"scores\": [4.5, 4.5, 4.5, ");
    assertThat(scored.body()).contains(", 4.5, 5.0],\n    \"order\": [99999, 0, 1, 2, ");

    assertFault(
        400,
        SHOP + ":rank",
        "{\"items\": [" + item + all + "]}",
        "a request must have 100000 items or less (lists are as long as the longest), got 100001;"
            + " send fewer lists at once, or start the server with a larger --max-items");
    float[] prices = new float[1000];
    StringBuilder rows = new StringBuilder(ShopModel.b64(prices));
    for (int i = 0; i < 100; i++) {
      rows.append(", ").append(ShopModel.b64(1));
    }
    assertThat(server.post(SHOP + ":predict", predict("\"instances\": [" + rows + "]")).body())
        .contains("got 101000;");
  }

  @Test
  void theScoresOfAGamAreTheSumsOfTheirParts() throws JsonException {
    String body = "{\"context\": {\"hour\": 3}, \"items\": [{\"price\": 5}, {\"price\": 2}]}";
    JsonObject ranked = json(server.post("/v1/models/gam:rank", body).body());
    JsonObject explained = json(server.post("/v1/models/gam:explain", body).body());

    List<Double> scores = numbers(explained, "scores");
    JsonObject parts = (JsonObject) explained.find("parts").orElseThrow();
    List<Double> clicks = numbers(parts, "clicks");
    List<Double> price = numbers(parts, "price");

    assertThat(scores).isEqualTo(numbers(ranked, "scores"));
    assertThat(numbers(explained, "order")).isEqualTo(numbers(ranked, "order"));
    assertThat(parts.members()).hasSize(2);
    assertThat(clicks.get(0)).isEqualTo(clicks.get(1)); // the default of both
    for (int item = 0; item < 2; item++) {
      assertThat(clicks.get(item) + price.get(item)).isCloseTo(scores.get(item), within(1e-6));
    }
  }

  private static JsonObject json(String text) throws JsonException {
    return (JsonObject) JsonParser.parse(text.getBytes(StandardCharsets.UTF_8), 1000);
  }

  private static List<Double> numbers(JsonObject json, String name) {
    return ((JsonArray) json.find(name).orElseThrow())
        .values().stream().map(value -> ((JsonNumber) value).value()).toList();
  }

  @Test
  void onlyAGamIsExplained() {
    String fault =
        "'shop' is no GAM, so its scores have no parts; train one with scorer { type = gam }";
    assertFault(400, SHOP + ":explain", "{\"items\": [{\"price\": 5}]}", fault);
    assertFault(400, "/v1/models/both:explain", "{\"items\": [{\"price\": 5}]}", fault);
  }
}
