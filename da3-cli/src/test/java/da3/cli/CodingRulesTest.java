package da3.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.library.GeneralCodingRules;

/** Tests of rules for all classes: who may parse arguments, read JSON, print and exit, and what static fields hold. */
@AnalyzeClasses(packages = "da3", importOptions = ImportOption.DoNotIncludeTests.class)
class CodingRulesTest {

    @ArchTest
    static void onlyApplicationsParseArguments(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackages("da3.cli..", "da3.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(classes);
    }

    @ArchTest
    static void jsonIsUsedOnlyInSomePackages(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "da3.weights..",
                        "da3.io.rig..",
                        "da3.verify..",
                        "da3.server..",
                        "da3.demo..",
                        "da3.cli..",
                        "da3.bench..",
                        "da3.train.yaml..",
                        "da3.train.config..",
                        "da3.train.checkpoint..",
                        "da3.train.label..",
                        "da3.train.lora..",
                        "da3.evaluation.run..",
                        "da3.evaluation.suite.dataset..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(classes);
    }

    @ArchTest
    static void librariesDoNotPrint(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackages("da3.cli..", "da3.bench..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(classes);
    }

    @ArchTest
    static void onlyTheCommandExits(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage("da3.cli..")
                .should()
                .callMethodWhere(target(nameMatching("exit|halt"))
                        .and(target(owner(assignableTo(System.class).or(assignableTo(Runtime.class))))))
                .check(classes);
    }

    @ArchTest
    static void staticFieldsAreConstants(JavaClasses classes) {
        fields().that()
                .areStatic()
                .should()
                .beFinal()
                .because("models are immutable and shared by threads")
                .check(classes);
    }

    @ArchTest
    static void constantsAreImmutable(JavaClasses classes) {
        noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(resideInAPackage("java.util.concurrent.."))
                .orShould()
                .haveRawType(assignableTo(ThreadLocal.class))
                .orShould()
                .haveRawType(assignableTo(StringBuilder.class))
                .check(classes);
    }

    /** Only {@code HostAccess} copies values of arrays to the host. */
    @ArchTest
    static void onlyHostAccessReadsArrays(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAPackage("da3.nn.nd4j")
                .and()
                .doNotHaveSimpleName("HostAccess")
                .and()
                .doNotHaveSimpleName("FloatMemory") // only allocates and releases memory
                .should()
                .callMethodWhere(target(owner(resideInAPackage("org.nd4j..")))
                        .and(target(nameMatching("get(Float|Double|Int|Long|Number|Scalar|String).*"
                                + "|to(Float|Double|Int|Long)(Vector|Matrix)|to.*Matrix|asNio.*|as(Float|Double|Int|Long|Bytes)"
                                + "|(opaque|address)?[pP]ointer|addressPointer|address|opaqueBuffer|indexer|element"
                                + "|put(Scalar)?|assign(Index|Position).*|\\w+Number|read|write"))))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .because("on a GPU every read is a transfer")
                .check(classes);
    }
}
