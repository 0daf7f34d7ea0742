/** The service of the decision rules' examples: it predicts about persons, with these fields and these lines in its handler. */

export const decisionService = (fields: string, body = "") => `import joblib
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()
model = joblib.load("model.joblib")

class Applicant(BaseModel):
${fields}

@app.post("/decide")
def decide(applicant: Applicant):
    approved = int(model.predict([list(applicant.dict().values())])[0])
${body}    return {"approved": approved}
`;
