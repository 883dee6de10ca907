/**
 * How the application reaches files and makes folders: settings of the storage, folders that appear
 * when they are complete, names of files, and work on many files side by side.
 */
@NullMarked
package io.rankline.spark.storage;

import org.jspecify.annotations.NullMarked;
