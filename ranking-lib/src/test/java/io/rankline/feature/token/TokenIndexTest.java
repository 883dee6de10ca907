package io.rankline.feature.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenIndexTest {

  private static final Vocabulary WORDS = Vocabulary.of("words", List.of("[PAD]", "a", "b", "ü"));

  @TempDir private Path folder = Path.of("");

  @Test
  void theIdOfATokenIsItsLine() throws IOException {
    Path file = Files.writeString(folder.resolve("v.txt"), "relevant\nquestion\nüber\n");

    Vocabulary vocabulary = Vocabulary.ofFile(file);

    assertThat(vocabulary.name()).isEqualTo("v.txt");
    assertThat(vocabulary.size()).isEqualTo(3);
    assertThat(vocabulary.idOf("question")).isEqualTo(1);
    assertThat(vocabulary.idOf("über")).isEqualTo(2);
    assertThat(vocabulary.idOf("quest")).isEqualTo(-1);
    assertThat(vocabulary.tokens()).containsExactly("relevant", "question", "über");
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path file = folder.resolve("words");

    WORDS.write(file);

    assertThat(Vocabulary.ofFile(file)).isEqualTo(WORDS);
    assertThat(Vocabulary.read("words", new BufferedReader(new StringReader("[PAD]\na\nb\nü"))))
        .isEqualTo(WORDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void lookupsAgreeWithAMap(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> tokens =
        random.ints(5000, 0, 100_000).distinct().mapToObj(i -> "token" + i).toList();
    Map<String, Integer> oracle = new HashMap<>();
    tokens.forEach(token -> oracle.put(token, oracle.size()));

    Vocabulary vocabulary = Vocabulary.of("many", tokens);

    for (int i = 0; i < 100_000; i += 3) {
      assertThat(vocabulary.idOf("token" + i)).isEqualTo(oracle.getOrDefault("token" + i, -1));
    }
  }

  @Test
  void aVocabularyTravels() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(VocabularyIndex.of(WORDS));
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(VocabularyIndex.of(WORDS));
    }
  }

  @Test
  void unknownTokensAreDroppedOrBucketedOrStoodInFor() {
    assertThat(id(VocabularyIndex.of(WORDS), "zzz")).isEqualTo(TokenIndex.NONE);
    assertThat(id(VocabularyIndex.of(WORDS).withOovToken("b"), "zzz")).isEqualTo(2);
    VocabularyIndex buckets = VocabularyIndex.of(WORDS).withOovBuckets(3);
    assertThat(buckets.size()).isEqualTo(7);
    assertThat(id(buckets, "a")).isEqualTo(1);
    byte[] zzz = "zzz".getBytes(StandardCharsets.UTF_8);
    assertThat(id(buckets, "zzz")).isEqualTo(4 + new HashBuckets(3).idOf(zzz, 0, 3));
  }

  @Test
  void theMaskTokenCountsForNothing() {
    VocabularyIndex index = VocabularyIndex.of(WORDS).withMaskToken("[PAD]");

    assertThat(id(index, "[PAD]")).isEqualTo(TokenIndex.NONE);
    assertThat(id(index, "a")).isEqualTo(1);
    assertThat(index.size()).isEqualTo(4);
  }

  @Test
  void integersAreLookedUpByTheirDigits() {
    VocabularyIndex index = VocabularyIndex.of(Vocabulary.of("ids", List.of("-7", "42", "0")));

    assertThat(index.idOf(42)).isEqualTo(1);
    assertThat(index.idOf(-7)).isEqualTo(0);
    assertThat(index.idOf(0)).isEqualTo(2);
    assertThat(index.idOf(7)).isEqualTo(TokenIndex.NONE);
  }

  @Test
  void identityTakesIntegersInItsRange() {
    IdentityIndex strict = IdentityIndex.of(5);

    assertThat(strict.idOf(4)).isEqualTo(4);
    assertThat(new IdentityIndex(5, IdentityIndex.Others.NONE).idOf(5)).isEqualTo(TokenIndex.NONE);
    assertThatThrownBy(() -> strict.idOf(5)).hasMessage("id must be from 0 to 4, got 5");
    assertThatThrownBy(() -> strict.idOf(-1)).hasMessage("id must be from 0 to 4, got -1");
    assertThatThrownBy(() -> strict.idOf(new byte[0], 0, 0))
        .hasMessage("identity takes int64 values, got text");
  }

  @Test
  void aMissingFileIsAnError() {
    Path file = folder.resolve("none.txt");

    assertThatThrownBy(() -> Vocabulary.ofFile(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "vocabulary file %s does not exist; one token a line is expected there"
                .formatted(file));
  }

  @Test
  void aDuplicateIsAnErrorWithBothLines() throws IOException {
    Path file = Files.writeString(folder.resolve("v.txt"), "a\nb\na\n");

    assertThatThrownBy(() -> Vocabulary.ofFile(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("%s: line 3 repeats 'a' of line 1".formatted(file));
  }

  @Test
  void anEmptyLineAndAnEmptyFileAreErrors() throws IOException {
    Path gap = Files.writeString(folder.resolve("gap.txt"), "a\n\nb\n");
    Path nothing = Files.writeString(folder.resolve("nothing.txt"), "");

    assertThatThrownBy(() -> Vocabulary.ofFile(gap))
        .hasMessage("%s: line 2 is empty; a vocabulary has one token a line".formatted(gap));
    assertThatThrownBy(() -> Vocabulary.ofFile(nothing))
        .hasMessage("%s: a vocabulary needs at least one token".formatted(nothing));
  }

  @Test
  void textThatIsNotUtf8IsAnError() throws IOException {
    Path file = Files.write(folder.resolve("latin.txt"), new byte[] {(byte) 0xfc, '\n'});

    assertThatThrownBy(() -> Vocabulary.ofFile(file)).hasMessage(file + ": is not UTF-8 text");
  }

  @Test
  void impossibleIndexesAreRefused() {
    assertThatThrownBy(() -> new HashBuckets(0))
        .hasMessage("hash_buckets must be 1 or more, got 0");
    assertThatThrownBy(() -> IdentityIndex.of(0))
        .hasMessage("identity must have 1 id or more, got 0");
    assertThatThrownBy(() -> VocabularyIndex.of(WORDS).withOovBuckets(-1))
        .hasMessage("oov_buckets must be 0 or more, got -1");
    assertThatThrownBy(() -> VocabularyIndex.of(WORDS).withOovToken("[UNK]"))
        .hasMessage("oov_token '[UNK]' is not in vocabulary words");
    assertThatThrownBy(() -> VocabularyIndex.of(WORDS).withMaskToken("[UNK]"))
        .hasMessage("mask_token '[UNK]' is not in vocabulary words");
    assertThatThrownBy(() -> VocabularyIndex.of(WORDS).withOovToken("a").withOovBuckets(2))
        .hasMessage("oov_token 'a' and 2 oov_buckets exclude each other");
  }

  private static int id(TokenIndex index, String token) {
    byte[] bytes = ("<" + token + ">").getBytes(StandardCharsets.UTF_8);
    return index.idOf(bytes, 1, bytes.length - 2);
  }
}
