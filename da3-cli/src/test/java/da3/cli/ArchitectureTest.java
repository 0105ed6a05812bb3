package da3.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;

/** The laws of the house. */
@AnalyzeClasses(packages = "da3", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Laws over an empty house would always hold. */
    @ArchTest
    static void everyRoomIsLookedAt(JavaClasses house) {
        assertThat(house.stream().map(JavaClass::getPackageName).distinct())
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
                        "da3.geometry.fusion",
                        "da3.geometry.points",
                        "da3.geometry.splat",
                        "da3.geometry.path",
                        "da3.geometry.metrics",
                        "da3.synthetic",
                        "da3.io",
                        "da3.io.colmap",
                        "da3.io.internal",
                        "da3.video",
                        "da3.nn",
                        "da3.nn.internal",
                        "da3.nn.nd4j",
                        "da3.onednn",
                        "da3.weights",
                        "da3.weights.safetensors",
                        "da3.weights.config",
                        "da3.weights.hub",
                        "da3.core",
                        "da3.export",
                        "da3.verify",
                        "da3.evaluation",
                        "da3.evaluation.suite",
                        "da3.evaluation.suite.dataset",
                        "da3.evaluation.predictor",
                        "da3.evaluation.mode",
                        "da3.evaluation.run",
                        "da3.evaluation.report",
                        "da3.server.tasks",
                        "da3.demo",
                        "da3.cli");
        assertThat(house.stream().map(JavaClass::getSimpleName)).doesNotContain("ArchitectureTest");
    }

    @ArchTest
    static void nd4jLivesInOneRoom(JavaClasses house) {
        noClasses()
                .that()
                .resideOutsideOfPackage("da3.nn.nd4j..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j..", "da3.nn.nd4j..")
                .because("engines are found, not named")
                .check(house);
    }

    @ArchTest
    static void pointersStayInTheirRooms(JavaClasses house) {
        noClasses()
                .that()
                .resideOutsideOfPackages("da3.nn.nd4j..", "da3.onednn..", "da3.video..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..")
                .because("a user never sees a native pointer")
                .check(house);
    }

    @ArchTest
    static void theOneDnnEngineIsFoundNotNamed(JavaClasses house) {
        noClasses()
                .that()
                .resideOutsideOfPackage("da3.onednn..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("da3.onednn..")
                .check(house);
    }

    @ArchTest
    static void ffmpegLivesInOneRoom(JavaClasses house) {
        noClasses()
                .that()
                .resideOutsideOfPackage("da3.video..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco.ffmpeg..")
                .because("its license and its C library stay out of the rest")
                .check(house);
    }

    @ArchTest
    static void theOneDnnEngineKnowsOnlyTheSeam(JavaClasses house) {
        rooms("da3.onednn..", "da3.onednn..", "da3.nn", "da3.nn.engine", "da3.nn.autograd", "da3.geometry..")
                .check(house);
    }

    @ArchTest
    static void placesOfFilesKnowNothing(JavaClasses house) {
        rooms("da3.files..", "da3.files..").check(house);
    }

    @ArchTest
    static void videosKnowOnlyGeometry(JavaClasses house) {
        rooms("da3.video..", "da3.video..", "da3.files..", "da3.geometry..").check(house);
    }

    @ArchTest
    static void geometryKnowsOnlyNumbers(JavaClasses house) {
        classes()
                .that()
                .resideInAPackage("da3.geometry..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "da3.geometry..", "java.lang..", "java.util..", "java.math..", "org.apache.commons.math3..")
                .because("values and the maths on them need no files, tensors or engines")
                .check(house);
    }

    @ArchTest
    static void syntheticScenesKnowOnlyGeometry(JavaClasses house) {
        rooms("da3.synthetic..", "da3.synthetic..", "da3.files..", "da3.geometry..")
                .check(house);
    }

    @ArchTest
    static void filesKnowOnlyGeometry(JavaClasses house) {
        rooms("da3.io..", "da3.io..", "da3.files..", "da3.geometry..").check(house);
    }

    @ArchTest
    static void networksKnowOnlyGeometry(JavaClasses house) {
        rooms("da3.nn..", "da3.nn..", "da3.geometry..").check(house);
    }

    @ArchTest
    static void networksReadNoFiles(JavaClasses house) {
        noClasses()
                .that()
                .resideInAPackage("da3.nn..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.awt..", "javax.imageio..")
                .check(house);
    }

    @ArchTest
    static void weightsKnowOnlyNetworks(JavaClasses house) {
        rooms("da3.weights..", "da3.weights..", "da3.nn..", "da3.files..", "da3.geometry..")
                .check(house);
    }

    /** A format knows no model, a model's description no checkpoint. */
    @ArchTest
    static void checkpointsAreReadFromTheBytesUp(JavaClasses house) {
        rooms("da3.weights.safetensors..", "da3.weights.safetensors..", "da3.files..", "da3.geometry.check..")
                .check(house);
        rooms("da3.weights.config..", "da3.weights.config..", "da3.weights.safetensors..", "da3.nn..", "da3.geometry..")
                .check(house);
    }

    @ArchTest
    static void thePipelineKnowsNoDoor(JavaClasses house) {
        rooms("da3.core..", "da3.core..", "da3.weights..", "da3.nn..", "da3.geometry..")
                .check(house);
    }

    @ArchTest
    static void exportsKnowNoDoor(JavaClasses house) {
        rooms("da3.export..", "da3.export..", "da3.core..", "da3.io..", "da3.video..", "da3.nn..", "da3.geometry..")
                .check(house);
    }

    /** Only their own module and the verifier use internal packages. */
    @ArchTest
    static void internalsServeTheirModuleAndTheVerifier(JavaClasses house) {
        for (String room : List.of("da3.io", "da3.nn")) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(room + "..", "da3.verify..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(room + ".internal..")
                    .check(house);
        }
    }

    @ArchTest
    static void verificationKnowsNoDoor(JavaClasses house) {
        rooms(
                        "da3.verify..",
                        "da3.verify..",
                        "da3.train..",
                        "da3.core..",
                        "da3.weights..",
                        "da3.io..",
                        "da3.nn..",
                        "da3.geometry..")
                .check(house);
    }

    @ArchTest
    static void theDemoPredictsThroughTheCallersModel(JavaClasses house) {
        rooms(
                        "da3.demo..",
                        "da3.demo..",
                        "da3.server.tasks..",
                        "da3.core..",
                        "da3.io..",
                        "da3.video..",
                        "da3.synthetic..",
                        "da3.geometry..")
                .check(house);
    }

    @ArchTest
    static void evaluationsKnowNoDoorAndNoTrainer(JavaClasses house) {
        rooms(
                        "da3.evaluation..",
                        "da3.evaluation..",
                        "da3.core..",
                        "da3.io..",
                        "da3.synthetic..",
                        "da3.nn..",
                        "da3.geometry..")
                .check(house);
    }

    /** A data set knows no predictor, a predictor no data set, and neither what is measured. */
    @ArchTest
    static void suitesPredictorsAndModesMeetInTheirInterfacesOnly(JavaClasses house) {
        rooms("da3.evaluation", "da3.evaluation", "da3.geometry..").check(house);
        rooms(
                        "da3.evaluation.suite..",
                        "da3.evaluation",
                        "da3.evaluation.suite..",
                        "da3.synthetic..",
                        "da3.io..",
                        "da3.geometry..")
                .check(house);
        rooms("da3.evaluation.mode..", "da3.evaluation", "da3.evaluation.mode..", "da3.geometry..")
                .check(house);
        noClasses()
                .that()
                .resideInAPackage("da3.evaluation.predictor..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "da3.evaluation.suite..", "da3.evaluation.mode..", "da3.evaluation.run..", "da3.synthetic..")
                .check(house);
        noClasses()
                .that()
                .resideInAPackage("da3.evaluation.run..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("da3.evaluation.suite..", "da3.evaluation.predictor..", "da3.evaluation.report..")
                .check(house);
    }

    @ArchTest
    static void theQueueKnowsNoHttp(JavaClasses house) {
        rooms(
                        "da3.server.tasks..",
                        "da3.server.tasks..",
                        "da3.server.wire..",
                        "da3.export..",
                        "da3.core..",
                        "da3.io..",
                        "da3.video..",
                        "da3.nn..",
                        "da3.geometry..")
                .check(house);
        noClasses()
                .that()
                .resideOutsideOfPackage("da3.server.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta..")
                .check(house);
    }

    /** What the queue, HTTP and the client share. */
    @ArchTest
    static void theWireKnowsOnlyJobs(JavaClasses house) {
        rooms("da3.server.wire..", "da3.server.wire..", "da3.export..", "da3.core..", "da3.nn..", "da3.geometry..")
                .check(house);
    }

    @ArchTest
    static void theWireAndItsOtherEndMeetInTheProtocolOnly(JavaClasses house) {
        noClasses()
                .that()
                .resideInAPackage("da3.server.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("da3.server.client..", "da3.cli..")
                .check(house);
        noClasses()
                .that()
                .resideInAPackage("da3.server.client..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("da3.server.http..")
                .check(house);
    }

    @ArchTest
    static void onlyDoorsParseArguments(JavaClasses house) {
        noClasses()
                .that()
                .resideOutsideOfPackages("da3.cli..", "da3.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(house);
    }

    @ArchTest
    static void jsonIsReadAtTheEdges(JavaClasses house) {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "da3.weights..",
                        "da3.verify..",
                        "da3.server..",
                        "da3.demo..",
                        "da3.cli..",
                        "da3.bench..",
                        "da3.train.run..",
                        "da3.evaluation.run..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(house);
    }

    @ArchTest
    static void theLibraryIsSilent(JavaClasses house) {
        noClasses()
                .that()
                .resideOutsideOfPackages("da3.cli..", "da3.bench..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(house);
    }

    @ArchTest
    static void onlyTheCommandExits(JavaClasses house) {
        noClasses()
                .that()
                .resideOutsideOfPackage("da3.cli..")
                .should()
                .callMethodWhere(target(nameMatching("exit|halt"))
                        .and(target(owner(assignableTo(System.class).or(assignableTo(Runtime.class))))))
                .check(house);
    }

    @ArchTest
    static void staticFieldsAreConstants(JavaClasses house) {
        fields().that()
                .areStatic()
                .should()
                .beFinal()
                .because("models are immutable and shared by threads")
                .check(house);
    }

    @ArchTest
    static void constantsDoNotChangeInside(JavaClasses house) {
        noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(resideInAPackage("java.util.concurrent.."))
                .orShould()
                .haveRawType(assignableTo(ThreadLocal.class))
                .orShould()
                .haveRawType(assignableTo(StringBuilder.class))
                .check(house);
    }

    /** Where an array's buffer is copied to this machine, value by value or as a whole. */
    @ArchTest
    static void onlyHostAccessLooksBehindAnArray(JavaClasses house) {
        noClasses()
                .that()
                .resideInAPackage("da3.nn.nd4j")
                .and()
                .doNotHaveSimpleName("HostAccess")
                .and()
                .doNotHaveSimpleName("FloatMemory") // takes memory and gives it back, and never looks
                .should()
                .callMethodWhere(target(owner(resideInAPackage("org.nd4j..")))
                        .and(target(nameMatching("get(Float|Double|Int|Long|Number|Scalar|String).*"
                                + "|to(Float|Double|Int|Long)(Vector|Matrix)|to.*Matrix|asNio.*|as(Float|Double|Int|Long|Bytes)"
                                + "|(opaque|address)?[pP]ointer|addressPointer|address|opaqueBuffer|indexer|element"
                                + "|put(Scalar)?|assign(Index|Position).*|\\w+Number|read|write"))))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .because("on a GPU every look is a transfer")
                .check(house);
    }

    /** Of the rooms of this house, one depends on none but these. */
    private static ArchRule rooms(String room, String... known) {
        return noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat(resideInAPackage("da3..").and(not(resideInAnyPackage(known))))
                .as(room + " knows only " + String.join(", ", known));
    }
}
