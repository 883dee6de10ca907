package io.rankline.io;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FsConstants;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

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

  /** Of several that make a new file, one does; Hadoop looks first, and makes it then. */
  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (!overwrite) {
      java.nio.file.Path file = pathToFile(path).toPath();
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      try {
        Files.createFile(file);
      } catch (java.nio.file.FileAlreadyExistsException e) {
        throw new FileAlreadyExistsException("there is a file " + path);
      }
    }
    return super.create(path, permission, true, bufferSize, replication, blockSize, progress);
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
