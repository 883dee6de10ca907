package io.rankline.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {

  private static final String KEY = "fs.defaultFS";

  @TempDir Path folder;

  @Test
  void whatOneCallerSetsAnotherDoesNotSee() {
    String before = Storage.ofClassPath().configuration().get(KEY);

    Storage.ofClassPath().configuration().set(KEY, "other:///");

    assertThat(Storage.ofClassPath().configuration().get(KEY)).isEqualTo(before).isNotNull();
  }

  @Test
  void filesAreThoseOfTheClassLoaderOfTheThread() throws IOException {
    Files.writeString(
        folder.resolve("core-site.xml"),
        """
        <configuration>
          <property><name>fs.defaultFS</name><value>other:///</value></property>
        </configuration>
        """);
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    String before = Storage.ofClassPath().configuration().get(KEY);
    try (URLClassLoader other = new URLClassLoader(new URL[] {folder.toUri().toURL()}, own)) {
      Thread.currentThread().setContextClassLoader(other);

      assertThat(Storage.ofClassPath().configuration().get(KEY)).isEqualTo("other:///");
    } finally {
      Thread.currentThread().setContextClassLoader(own);
    }
    assertThat(Storage.ofClassPath().configuration().get(KEY)).isEqualTo(before);
  }
}
