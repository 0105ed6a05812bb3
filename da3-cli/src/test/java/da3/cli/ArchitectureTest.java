package da3.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tests of the allowed dependencies between packages. */
@AnalyzeClasses(packages = "da3", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Rules without classes would always hold. */
    @ArchTest
    static void allPackagesAreImported(JavaClasses classes) {
        assertThat(classes.stream().map(JavaClass::getPackageName).distinct())
                .contains(
                        "da3.geometry",
                        "da3.geometry.math",
                        "da3.geometry.concurrent",
                        "da3.geometry.image",
                        "da3.geometry.align",
                        "da3.geometry.rays",
                        "da3.geometry.depth",
                        "da3.geometry.gaussian",
                        "da3.geometry.lens",
                        "da3.geometry.rig",
                        "da3.geometry.fusion",
                        "da3.geometry.points",
                        "da3.geometry.splat",
                        "da3.geometry.path",
                        "da3.geometry.metrics",
                        "da3.synthetic",
                        "da3.io",
                        "da3.io.colmap",
                        "da3.io.rig",
                        "da3.io.internal",
                        "da3.video",
                        "da3.nn",
                        "da3.nn.internal",
                        "da3.nn.nd4j",
                        "da3.nn.nd4j.scene",
                        "da3.nn.shape",
                        "da3.onednn",
                        "da3.weights",
                        "da3.weights.safetensors",
                        "da3.weights.config",
                        "da3.weights.hub",
                        "da3.onnx",
                        "da3.core",
                        "da3.core.lpips",
                        "da3.export",
                        "da3.streaming.reference",
                        "da3.streaming.salad",
                        "da3.train.data",
                        "da3.train.objective",
                        "da3.train.optimizer",
                        "da3.train.lora",
                        "da3.train.label",
                        "da3.train.report",
                        "da3.train.yaml",
                        "da3.train.model",
                        "da3.train.config",
                        "da3.train.worker",
                        "da3.train.mode",
                        "da3.train.mode.student",
                        "da3.train.mode.monocular",
                        "da3.train.mode.gaussian",
                        "da3.train.checkpoint",
                        "da3.train.run",
                        "da3.verify",
                        "da3.evaluation",
                        "da3.evaluation.surface",
                        "da3.evaluation.lpips",
                        "da3.evaluation.suite",
                        "da3.evaluation.suite.dataset",
                        "da3.evaluation.predictor",
                        "da3.evaluation.mode",
                        "da3.evaluation.run",
                        "da3.evaluation.report",
                        "da3.streaming",
                        "da3.streaming.frame",
                        "da3.streaming.window",
                        "da3.streaming.store",
                        "da3.streaming.loop",
                        "da3.streaming.graph",
                        "da3.streaming.prior",
                        "da3.server.tasks",
                        "da3.demo",
                        "da3.cli");
        assertThat(classes.stream().map(JavaClass::getSimpleName)).doesNotContain("ArchitectureTest");
    }

    @ArchTest
    static void nd4jIsUsedInOnePackage(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage("da3.nn.nd4j..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j..", "da3.nn.nd4j..")
                .because("engines are loaded as services")
                .check(classes);
    }

    @ArchTest
    static void nativePointersAreNotInTheApi(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackages("da3.nn.nd4j..", "da3.onednn..", "da3.video..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..")
                .because("the API exposes no native pointers")
                .check(classes);
    }

    @ArchTest
    static void theOneDnnEngineIsLoadedAsAService(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage("da3.onednn..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("da3.onednn..")
                .check(classes);
    }

    @ArchTest
    static void ffmpegIsUsedInOneModule(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage("da3.video..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco.ffmpeg..")
                .because("its license and native library concern only videos and HEIF photos")
                .check(classes);
    }

    @ArchTest
    static void theOneDnnEngineDependsOnlyOnEngineInterfaces(JavaClasses classes) {
        dependsOnlyOn(
                        "da3.onednn..",
                        "da3.onednn..",
                        "da3.nn",
                        "da3.nn.engine",
                        "da3.nn.autograd",
                        "da3.nn.shape",
                        "da3.geometry..")
                .check(classes);
    }

    @ArchTest
    static void filesDependOnNothing(JavaClasses classes) {
        dependsOnlyOn("da3.files..", "da3.files..").check(classes);
    }

    @ArchTest
    static void videosDependOnlyOnGeometryAndImages(JavaClasses classes) {
        dependsOnlyOn("da3.video..", "da3.video..", "da3.io", "da3.files..", "da3.geometry..")
                .check(classes);
    }

    @ArchTest
    static void geometryDependsOnlyOnMath(JavaClasses classes) {
        classes()
                .that()
                .resideInAPackage("da3.geometry..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "da3.geometry..", "java.lang..", "java.util..", "java.math..", "org.apache.commons.math3..")
                .because("geometry needs no files, tensors or engines")
                .check(classes);
    }

    @ArchTest
    static void syntheticScenesDependOnlyOnGeometry(JavaClasses classes) {
        dependsOnlyOn("da3.synthetic..", "da3.synthetic..", "da3.files..", "da3.geometry..")
                .check(classes);
    }

    @ArchTest
    static void fileFormatsDependOnlyOnGeometry(JavaClasses classes) {
        dependsOnlyOn("da3.io..", "da3.io..", "da3.files..", "da3.geometry..").check(classes);
    }

    @ArchTest
    static void networksDependOnlyOnGeometry(JavaClasses classes) {
        dependsOnlyOn("da3.nn..", "da3.nn..", "da3.geometry..").check(classes);
    }

    @ArchTest
    static void networksReadNoFiles(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAPackage("da3.nn..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.awt..", "javax.imageio..")
                .check(classes);
    }

    @ArchTest
    static void weightsDependOnlyOnNetworks(JavaClasses classes) {
        dependsOnlyOn("da3.weights..", "da3.weights..", "da3.nn..", "da3.files..", "da3.geometry..")
                .check(classes);
    }

    /** The file format does not depend on models, and configurations do not depend on checkpoints. */
    @ArchTest
    static void weightFormatsDoNotDependOnCheckpoints(JavaClasses classes) {
        dependsOnlyOn("da3.weights.safetensors..", "da3.weights.safetensors..", "da3.files..", "da3.geometry.check..")
                .check(classes);
        dependsOnlyOn(
                        "da3.weights.config..",
                        "da3.weights.config..",
                        "da3.weights.safetensors..",
                        "da3.nn..",
                        "da3.geometry..")
                .check(classes);
    }

    @ArchTest
    static void onnxModelsDependOnlyOnNetworks(JavaClasses classes) {
        dependsOnlyOn("da3.onnx..", "da3.onnx..", "da3.nn", "da3.files..", "da3.geometry.check..")
                .check(classes);
    }

    @ArchTest
    static void onnxModelsAreWrittenWithoutTheirRuntime(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage("da3.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .check(classes);
    }

    @ArchTest
    static void thePipelineDependsOnNoApplication(JavaClasses classes) {
        dependsOnlyOn("da3.core..", "da3.core..", "da3.weights..", "da3.nn..", "da3.geometry..")
                .check(classes);
    }

    @ArchTest
    static void exportsDependOnNoApplication(JavaClasses classes) {
        dependsOnlyOn(
                        "da3.export..",
                        "da3.export..",
                        "da3.core..",
                        "da3.io..",
                        "da3.video..",
                        "da3.nn..",
                        "da3.geometry..")
                .check(classes);
    }

    /** It takes predictions from its caller and is independent of the procedure that it is compared with. */
    @ArchTest
    static void theStreamingOfTheReferenceDependsOnlyOnGeometryAndFileFormats(JavaClasses classes) {
        dependsOnlyOn("da3.streaming.reference..", "da3.streaming.reference..", "da3.io..", "da3.geometry..")
                .check(classes);
    }

    /** Only their own module and the verifier use internal packages. */
    @ArchTest
    static void internalPackagesAreUsedOnlyByTheirModuleAndTheVerifier(JavaClasses classes) {
        for (String module : List.of("da3.io", "da3.nn")) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(module + "..", "da3.verify..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(module + ".internal..")
                    .check(classes);
        }
    }

    @ArchTest
    static void verificationDependsOnNoApplication(JavaClasses classes) {
        dependsOnlyOn(
                        "da3.verify..",
                        "da3.verify..",
                        "da3.train..",
                        "da3.streaming..",
                        "da3.core..",
                        "da3.weights..",
                        "da3.io..",
                        "da3.nn..",
                        "da3.geometry..")
                .check(classes);
    }

    @ArchTest
    static void theDemoDependsOnNoNetwork(JavaClasses classes) {
        dependsOnlyOn(
                        "da3.demo..",
                        "da3.demo..",
                        "da3.server.tasks..",
                        "da3.core..",
                        "da3.io..",
                        "da3.video..",
                        "da3.synthetic..",
                        "da3.geometry..")
                .check(classes);
    }

    @ArchTest
    static void evaluationsDependOnNoApplicationAndNoTraining(JavaClasses classes) {
        dependsOnlyOn(
                        "da3.evaluation..",
                        "da3.evaluation..",
                        "da3.core..",
                        "da3.weights",
                        "da3.io..",
                        "da3.synthetic..",
                        "da3.nn..",
                        "da3.geometry..")
                .check(classes);
    }

    /** Each package depends only on itself and on those of the lines above it. */
    @ArchTest
    static void thePackagesOfTheTrainingAreLayered(JavaClasses classes) {
        List<List<String>> layers = List.of(
                List.of("data..", "objective..", "optimizer..", "report..", "yaml.."),
                List.of("lora..", "label..", "worker.."),
                List.of("model.."),
                List.of("config.."),
                List.of("checkpoint..", "mode"),
                List.of("mode.student..", "mode.monocular..", "mode.gaussian.."),
                List.of("run.."));
        List<String> below = new ArrayList<>(List.of(
                "da3.core..",
                "da3.weights..",
                "da3.io..",
                "da3.synthetic..",
                "da3.nn..",
                "da3.files..",
                "da3.geometry.."));
        for (List<String> layer : layers) {
            List<String> names = layer.stream().map("da3.train."::concat).toList();
            for (String name : names) {
                String[] allowed =
                        Stream.concat(below.stream(), Stream.of(name)).toArray(String[]::new);
                dependsOnlyOn(name, allowed).check(classes);
            }
            below.addAll(names);
        }
        classes()
                .that()
                .resideInAPackage("da3.train..")
                .should()
                .resideInAnyPackage(below.toArray(String[]::new))
                .check(classes);
    }

    @ArchTest
    static void thePoseGraphDependsOnlyOnGeometry(JavaClasses classes) {
        dependsOnlyOn("da3.streaming.graph..", "da3.streaming.graph..", "da3.geometry..")
                .check(classes);
    }

    /** Suites, predictors and modes depend only on their common interfaces, and suites on protocols for surfaces. */
    @ArchTest
    static void suitesPredictorsAndModesAreIndependent(JavaClasses classes) {
        dependsOnlyOn("da3.evaluation", "da3.evaluation", "da3.geometry..").check(classes);
        dependsOnlyOn("da3.evaluation.surface..", "da3.evaluation", "da3.evaluation.surface..", "da3.geometry..")
                .check(classes);
        dependsOnlyOn(
                        "da3.evaluation.suite..",
                        "da3.evaluation",
                        "da3.evaluation.surface..",
                        "da3.evaluation.suite..",
                        "da3.synthetic..",
                        "da3.io..",
                        "da3.geometry..")
                .check(classes);
        dependsOnlyOn(
                        "da3.evaluation.lpips..",
                        "da3.evaluation",
                        "da3.evaluation.lpips..",
                        "da3.core..",
                        "da3.nn..",
                        "da3.geometry..")
                .check(classes);
        dependsOnlyOn("da3.evaluation.mode..", "da3.evaluation", "da3.evaluation.mode..", "da3.geometry..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("da3.evaluation.predictor..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "da3.evaluation.suite..", "da3.evaluation.mode..", "da3.evaluation.run..", "da3.synthetic..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("da3.evaluation.run..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("da3.evaluation.suite..", "da3.evaluation.predictor..", "da3.evaluation.report..")
                .check(classes);
    }

    @ArchTest
    static void streamingDependsOnNoApplication(JavaClasses classes) {
        dependsOnlyOn(
                        "da3.streaming..",
                        "da3.streaming..",
                        "da3.core..",
                        "da3.weights",
                        "da3.io..",
                        "da3.video..",
                        "da3.nn..",
                        "da3.geometry..")
                .check(classes);
    }

    /** Only the run combines frames, windows, measurements, descriptors and the store. */
    @ArchTest
    static void framesWindowsAndTheStoreAreIndependent(JavaClasses classes) {
        dependsOnlyOn("da3.streaming.frame..", "da3.streaming.frame..", "da3.io..", "da3.video..", "da3.geometry..")
                .check(classes);
        dependsOnlyOn("da3.streaming.window..", "da3.streaming.window..", "da3.geometry..")
                .check(classes);
        dependsOnlyOn("da3.streaming.loop..", "da3.streaming.loop..", "da3.streaming.window..", "da3.geometry..")
                .check(classes);
        dependsOnlyOn("da3.streaming.prior..", "da3.streaming.prior..", "da3.geometry..")
                .check(classes);
        dependsOnlyOn(
                        "da3.streaming.salad..",
                        "da3.streaming.salad..",
                        "da3.core",
                        "da3.weights",
                        "da3.nn",
                        "da3.geometry..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("da3.streaming..")
                .and()
                .resideOutsideOfPackage("da3.streaming.salad..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("da3.weights..")
                .because("a map reads no weights")
                .check(classes);
        dependsOnlyOn("da3.streaming.store..", "da3.streaming.store..", "da3.io..", "da3.geometry..")
                .check(classes);
    }

    @ArchTest
    static void theTaskQueueDoesNotUseHttp(JavaClasses classes) {
        dependsOnlyOn(
                        "da3.server.tasks..",
                        "da3.server.tasks..",
                        "da3.server.wire..",
                        "da3.export..",
                        "da3.streaming..",
                        "da3.core..",
                        "da3.io..",
                        "da3.video..",
                        "da3.nn..",
                        "da3.geometry..")
                .check(classes);
        noClasses()
                .that()
                .resideOutsideOfPackage("da3.server.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta..")
                .check(classes);
    }

    /** The protocol is shared by the task queue, the server and the client. */
    @ArchTest
    static void theProtocolDependsOnlyOnJobs(JavaClasses classes) {
        dependsOnlyOn(
                        "da3.server.wire..",
                        "da3.server.wire..",
                        "da3.export..",
                        "da3.streaming..",
                        "da3.core..",
                        "da3.nn..",
                        "da3.geometry..")
                .check(classes);
    }

    @ArchTest
    static void serverAndClientShareOnlyTheProtocol(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAPackage("da3.server.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("da3.server.client..", "da3.cli..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("da3.server.client..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("da3.server.http..")
                .check(classes);
    }

    /** Returns the rule that a package depends on no other packages of this project than the allowed ones. */
    private static ArchRule dependsOnlyOn(String name, String... allowed) {
        return noClasses()
                .that()
                .resideInAPackage(name)
                .should()
                .dependOnClassesThat(resideInAPackage("da3..").and(not(resideInAnyPackage(allowed))))
                .as(name + " depends only on " + String.join(", ", allowed));
    }
}
