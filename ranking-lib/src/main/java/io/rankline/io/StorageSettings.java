package io.rankline.io;

import org.apache.hadoop.conf.Configuration;

/**
 * What another module knows of storage beyond the configuration files on the class path: the
 * properties of a Spark application, for one. Found by {@link java.util.ServiceLoader}.
 */
public interface StorageSettings {

  /** Puts them into a configuration that holds what the files say, which they take the place of. */
  void addTo(Configuration configuration);
}
