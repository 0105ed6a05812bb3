//> using scala 3.3.6
//> using jvm 17
//> using repository m2Local
//> using dep io.github.da3jvm:da3-core:0.1.0-SNAPSHOT
//> using dep io.github.da3jvm:da3-io:0.1.0-SNAPSHOT
//> using dep io.github.da3jvm:da3-onednn:0.1.0-SNAPSHOT
//> using dep io.github.da3jvm:da3-tiny:0.1.0-SNAPSHOT

import da3.core.{DepthAnything3, Request}
import da3.io.Images
import java.nio.file.Path
import scala.jdk.CollectionConverters.*
import scala.util.Using

/** Predicts depth and cameras of a folder of photos and prints them. */
@main def depth(folder: String, model: String): Unit =
  val photos = Images.readAll(Path.of(folder))
  Using.resource(DepthAnything3.load(model)) { network =>
    for (view, number) <- network.predict(Request.of(photos)).scene.views.asScala.zipWithIndex do
      println(s"view $number: ${view.depth}, camera at ${view.camera.orElseThrow.pose.cameraCenter}")
  }
