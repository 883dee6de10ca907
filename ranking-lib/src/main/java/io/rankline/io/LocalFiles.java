package io.rankline.io;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FsConstants;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Local storage without checksum files. Permissions are set by this process: without its native
 * code, Hadoop starts a chmod for each file and folder that it makes, of some 10 ms.
 */
final class LocalFiles extends RawLocalFileSystem {

  /** With the umask of that configuration. */
  static LocalFiles of(Configuration configuration) throws IOException {
    LocalFiles files = new LocalFiles();
    files.initialize(FsConstants.LOCAL_FS_URI, configuration);
    return files;
  }

  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    java.nio.file.Path file = pathToFile(path).toPath();
    if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Files.setAttribute(file, "unix:mode", (int) permission.toShort());
    } else {
      super.setPermission(path, permission);
    }
  }
}
