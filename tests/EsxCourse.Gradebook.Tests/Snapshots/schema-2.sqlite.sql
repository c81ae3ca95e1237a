CREATE TABLE gradebook_schema (version INTEGER NOT NULL);
CREATE TABLE "course" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_course" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL,
    "PolicyText" TEXT NULL,
    "PolicyPlace" TEXT NULL
);


CREATE TABLE "assignment" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_assignment" PRIMARY KEY AUTOINCREMENT,
    "CourseId" INTEGER NOT NULL,
    "Slug" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "CanvasId" TEXT NULL,
    CONSTRAINT "FK_assignment_course_CourseId" FOREIGN KEY ("CourseId") REFERENCES "course" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "student" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_student" PRIMARY KEY AUTOINCREMENT,
    "CourseId" INTEGER NOT NULL,
    "Key" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "CanvasId" TEXT NULL,
    "SisUserId" TEXT NULL,
    "SisLoginId" TEXT NULL,
    "Section" TEXT NULL,
    CONSTRAINT "FK_student_course_CourseId" FOREIGN KEY ("CourseId") REFERENCES "course" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "assignment_version" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_assignment_version" PRIMARY KEY AUTOINCREMENT,
    "AssignmentId" INTEGER NOT NULL,
    "Number" INTEGER NOT NULL,
    "Max" INTEGER NOT NULL,
    CONSTRAINT "FK_assignment_version_assignment_AssignmentId" FOREIGN KEY ("AssignmentId") REFERENCES "assignment" ("Id") ON DELETE CASCADE
);


CREATE TABLE "adjustment" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_adjustment" PRIMARY KEY AUTOINCREMENT,
    "StudentId" INTEGER NOT NULL,
    "AssignmentId" INTEGER NOT NULL,
    "Kind" TEXT NOT NULL,
    "Points" INTEGER NOT NULL,
    "Comment" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "CheckId" TEXT NULL,
    "SubmissionHash" TEXT NULL,
    "At" INTEGER NOT NULL,
    CONSTRAINT "FK_adjustment_assignment_AssignmentId" FOREIGN KEY ("AssignmentId") REFERENCES "assignment" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_adjustment_student_StudentId" FOREIGN KEY ("StudentId") REFERENCES "student" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "attempt" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_attempt" PRIMARY KEY AUTOINCREMENT,
    "StudentId" INTEGER NOT NULL,
    "AssignmentId" INTEGER NOT NULL,
    "SubmissionHash" TEXT NOT NULL,
    "HandedIn" INTEGER NOT NULL,
    "Kind" TEXT NOT NULL,
    "Source" TEXT NULL,
    CONSTRAINT "FK_attempt_assignment_AssignmentId" FOREIGN KEY ("AssignmentId") REFERENCES "assignment" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_attempt_student_StudentId" FOREIGN KEY ("StudentId") REFERENCES "student" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "result" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_result" PRIMARY KEY AUTOINCREMENT,
    "AttemptId" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    "Revision" INTEGER NOT NULL,
    "Verdict" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "RecordedAt" INTEGER NOT NULL,
    "Milliseconds" INTEGER NULL,
    CONSTRAINT "FK_result_attempt_AttemptId" FOREIGN KEY ("AttemptId") REFERENCES "attempt" ("Id") ON DELETE CASCADE
);


CREATE TABLE "result_check" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_result_check" PRIMARY KEY AUTOINCREMENT,
    "ResultId" INTEGER NOT NULL,
    "Position" INTEGER NOT NULL,
    "CheckId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Points" INTEGER NOT NULL,
    "Max" INTEGER NOT NULL,
    "Verdict" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "Response" TEXT NULL,
    CONSTRAINT "FK_result_check_result_ResultId" FOREIGN KEY ("ResultId") REFERENCES "result" ("Id") ON DELETE CASCADE
);


CREATE INDEX "IX_adjustment_AssignmentId" ON "adjustment" ("AssignmentId");


CREATE INDEX "IX_adjustment_StudentId" ON "adjustment" ("StudentId");


CREATE UNIQUE INDEX "IX_assignment_CourseId_Slug" ON "assignment" ("CourseId", "Slug");


CREATE UNIQUE INDEX "IX_assignment_version_AssignmentId_Number" ON "assignment_version" ("AssignmentId", "Number");


CREATE INDEX "IX_attempt_AssignmentId" ON "attempt" ("AssignmentId");


CREATE UNIQUE INDEX "IX_attempt_StudentId_AssignmentId_SubmissionHash" ON "attempt" ("StudentId", "AssignmentId", "SubmissionHash");


CREATE UNIQUE INDEX "IX_course_Name" ON "course" ("Name");


CREATE UNIQUE INDEX "IX_result_AttemptId_Version_Revision" ON "result" ("AttemptId", "Version", "Revision");


CREATE UNIQUE INDEX "IX_result_check_ResultId_CheckId" ON "result_check" ("ResultId", "CheckId");


CREATE UNIQUE INDEX "IX_student_CourseId_Key" ON "student" ("CourseId", "Key");


