package da3.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a service only removes its own files. */
class WorkspaceTest {

    @TempDir
    private Path folder;

    @Test
    void rejectsAFolderWithOtherFiles() throws IOException {
        Path upload = file("mine/uploads/photo.jpg");
        Path task = file("mine/tasks/list.txt");
        Path mine = folder.resolve("mine");
        assertThatThrownBy(() -> open(mine))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("workspace must be empty or contain the file da3-workspace")
                .hasMessageContaining("got " + mine.toRealPath());
        assertThat(upload).hasContent("mine");
        assertThat(task).hasContent("mine");
        assertThat(mine.toFile().list()).containsExactlyInAnyOrder("uploads", "tasks");
    }

    @Test
    void keepsOtherFilesInTheWorkspace() throws IOException {
        Path workspace = folder.resolve("workspace");
        open(workspace).close();
        Path[] mine = {
            file("workspace/notes.txt"),
            file("workspace/uploads/photo.jpg"),
            file("workspace/uploads/upload-of-mine/photo.jpg"),
            file("workspace/tasks/list.txt"),
            file("workspace/tasks/project/a.txt"),
            file("workspace/tasks/.removed-by-me/a.txt"),
            file("workspace/uploads/upload-17"), // a file; uploads are folders
        };
        Path ours = file("workspace/uploads/upload-18/photo.jpg");
        Path half = file("workspace/.owner." + UUID.randomUUID() + ".part");
        open(workspace).close();
        assertThat(mine).allSatisfy(path -> assertThat(path).hasContent("mine"));
        assertThat(ours.getParent()).doesNotExist();
        assertThat(half).doesNotExist();
    }

    @Test
    void keepsOtherFilesInATaskFolder() throws Exception {
        Path workspace = folder.resolve("workspace");
        Task task;
        try (TaskService service = open(workspace)) {
            task = TaskFixtures.ended(service, TaskFixtures.submit(service));
        }
        Path notes = file("workspace/tasks/" + task.id() + "/notes.txt");
        open(workspace).close();
        assertThat(notes).hasContent("mine");
        assertThat(task.directory()).isNotEmptyDirectory();
    }

    @Test
    void rejectsLinks() throws IOException {
        Path workspace = folder.resolve("workspace");
        open(workspace).close();
        Path elsewhere = file("elsewhere/upload-1/photo.jpg");
        Path upload = workspace.resolve("uploads/upload-2");
        Path task = workspace.resolve("tasks/" + UUID.randomUUID());
        Files.createSymbolicLink(upload, elsewhere.getParent());
        Files.createSymbolicLink(task, elsewhere.getParent());
        open(workspace).close();
        assertThat(elsewhere).hasContent("mine");
        assertThat(upload).isSymbolicLink();
        assertThat(task).isSymbolicLink();
        Files.delete(upload);
        Files.delete(workspace.resolve("uploads"));
        Files.createSymbolicLink(workspace.resolve("uploads"), folder.resolve("elsewhere"));
        assertThatThrownBy(() -> open(workspace))
                .hasMessageContaining("uploads of the workspace must be a folder and not a link");
        assertThat(elsewhere).hasContent("mine");
    }

    private Path file(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "mine");
    }

    private static TaskService open(Path workspace) throws IOException {
        return TaskService.open(TaskSettings.of(workspace), TaskFixtures.holding(new FakeModel()));
    }
}
